import type { DeliveryEvent } from "../../core/delivery/events";
import type { ServedImage } from "../../core/delivery/readDelivery";
import type { Board, Progress } from "../flasher/board";
import type { Clock } from "../flasher/clock";
import type { FoundBoard, PreparedJob } from "../flows/flashFlow";
import type { BoardPort } from "../port";
import type { VirtualBoard } from "../virtualBoard/board";

/** What a rehearsal needs of its host: a board on a port, a server, and somebody who agrees. */
export interface RehearsalDesk {
  /** Connects the board, which resets it into its loader. */
  connect(): Promise<Board>;
  /** The same port, closed. */
  port(): Promise<BoardPort>;
  /** The board itself where it is a virtual one, which runs simulated firmware then. */
  readonly virtual: VirtualBoard | undefined;
  /** Fails with a `BoardFault` or an error of the host, and then nothing was written. */
  startServer(
    images: readonly ServedImage[],
    onEvent: (event: DeliveryEvent) => void,
  ): Promise<RehearsalServer>;
  /** Shows what will be written; asked once, before anything is. */
  confirm(shown: PreparedJob): Promise<boolean>;
  /** What is done with the connected board before it is written: a backup. */
  beforeWriting?(board: Board, found: FoundBoard): Promise<void>;
  /** Real time; that of a virtual board is its own. */
  readonly clock: Clock;
  readonly signal: AbortSignal;
  tell(news: RehearsalNews): void;
  onProgress?(progress: Progress): void;
  readonly limits?: Partial<RehearsalLimits> | undefined;
  /** Real milliseconds for each one that simulated firmware waits; a thousandth unless told otherwise. */
  readonly waitScale?: number | undefined;
}

export interface RehearsalServer {
  urlOf(image: ServedImage): string;
  readonly reportUrl: string;
  readonly authority?: string | undefined;
  close(): Promise<void>;
}

export interface RehearsalNews {
  /** A sentence, or the title of a step. */
  readonly text: string;
  readonly kind: "stage" | "step" | "cut" | "remark" | "unexpected";
  /** Of the whole rehearsal, 0 to 1. */
  readonly share: number;
}

/** Milliseconds of the clock of the rehearsal. */
export interface RehearsalLimits {
  /** Without anything that brings the board further. */
  readonly quiet: number;
  /** From the start of the board to MicroPython. */
  readonly whole: number;
  /** For MicroPython to answer at its prompt. */
  readonly answer: number;
}

export const defaultLimits: RehearsalLimits = { quiet: 600_000, whole: 3_600_000, answer: 10_000 };
