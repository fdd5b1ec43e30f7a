import { onTestFinished } from "vitest";
import type { DeliveryEvent } from "../../../core/delivery/events";
import type { ServedImage } from "../../../core/delivery/readDelivery";
import { connectWith } from "../../../device/flasher/connect";
import type { PreparedJob } from "../../../device/flows/flashFlow";
import { startOtaServer } from "../../../device/otaServer";
import type { RehearsalDesk, RehearsalNews, RehearsalServer } from "../../../device/rehearsal/desk";
import { type VirtualBoard, virtualBoard } from "../../../device/virtualBoard/board";
import { turnClock } from "./turnClock";

export interface TestDesk extends RehearsalDesk {
  readonly board: VirtualBoard;
  readonly told: readonly RehearsalNews[];
  readonly shown: readonly PreparedJob[];
  readonly events: readonly DeliveryEvent[];
  /** Of the server that runs right now. */
  readonly servers: number;
  /** Pressing Cancel. */
  cancel(): void;
}

export type DeskChanges = Partial<RehearsalDesk> & {
  readonly board?: VirtualBoard;
  /** Hears what is told, as it is. */
  readonly onNews?: (news: RehearsalNews, desk: TestDesk) => void;
};

/** A virtual board on a desk, with the real server on this machine's own address. */
export function rehearsalDesk({ board = virtualBoard(), onNews, ...changes }: DeskChanges = {}): TestDesk {
  const stop = new AbortController();
  const told: RehearsalNews[] = [];
  const shown: PreparedJob[] = [];
  const events: DeliveryEvent[] = [];
  const counts = { servers: 0 };
  const connect = connectWith(turnClock());
  const desk: TestDesk = {
    board,
    told,
    shown,
    events,
    get servers() {
      return counts.servers;
    },
    cancel: () => stop.abort(),
    connect: () => connect(board.port, {}),
    port: async () => board.port,
    virtual: board,
    async startServer(images, onEvent) {
      counts.servers++;
      const server = await serve(images, 0, (event) => {
        events.push(event);
        onEvent(event);
      });
      return {
        ...server,
        async close() {
          counts.servers--;
          await server.close();
        },
      };
    },
    confirm: async (job) => {
      shown.push(job);
      return true;
    },
    clock: turnClock(),
    signal: stop.signal,
    tell(news) {
      told.push(news);
      onNews?.(news, desk);
    },
    waitScale: 0,
    ...changes,
  };
  onTestFinished(() => board.unplug());
  return desk;
}

export async function serve(
  images: readonly ServedImage[],
  port: number,
  onEvent: (event: DeliveryEvent) => void,
): Promise<RehearsalServer & { readonly port: number }> {
  const started = await startOtaServer({ images, address: "127.0.0.1", port, now: () => 0, onEvent });
  if (!started.ok) throw new Error(started.message);
  return started.value;
}
