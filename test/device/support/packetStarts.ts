import { WritableStream } from "node:stream/web";
import type { FlashJob } from "../../../core/job/job";
import type { BoardPort } from "../../../device/port";
import { type VirtualBoard, virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { connect, faultOf } from "./faultRun";
import { portWith } from "./oddPorts";

/** A packet that the host sends: where its bytes begin on the line, how many there are, and what it asks for. */
export interface SentPacket {
  readonly at: number;
  readonly size: number;
  readonly command: number;
  /** Where the bytes of its answer begin on the way back. */
  readonly answerAt: number;
}

const COMMAND_AT = 2;

/** The same port, with what goes up noted. */
const notingPort = ({ port, counters }: VirtualBoard, packets: SentPacket[]): BoardPort =>
  Object.defineProperty(portWith(port, {}), "writable", {
    get() {
      const writer = port.writable?.getWriter();
      if (!writer) return null;
      return new WritableStream<Uint8Array>({
        write(bytes) {
          const { up, down } = counters();
          packets.push({ at: up, size: bytes.length, command: bytes[COMMAND_AT] ?? 0, answerAt: down });
          return writer.write(bytes);
        },
      });
    },
  });

export interface Recording {
  /** While the board was connected. */
  readonly connecting: readonly SentPacket[];
  /** While the job was done. */
  readonly running: readonly SentPacket[];
  /** Bytes that had come down when the job began, and when it ended. */
  readonly down: { readonly from: number; readonly to: number };
}

/** Everything that is sent for a job, however it ends: the same bytes every time. */
export const recordRun = async (job: FlashJob, options: VirtualBoardOptions): Promise<Recording> => {
  const board = virtualBoard(options);
  const packets: SentPacket[] = [];
  const connected = await connect(notingPort(board, packets));
  const connecting = packets.length;
  const from = board.counters().down;
  await faultOf(connected.run(job));
  const to = board.counters().down;
  await connected.close();
  return {
    connecting: packets.slice(0, connecting),
    running: packets.slice(connecting),
    down: { from, to },
  };
};
