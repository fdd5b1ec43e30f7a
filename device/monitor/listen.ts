import type { ReadableStreamDefaultReader } from "node:stream/web";
import { BoardFault } from "../flasher/fault";
import { settled } from "../flasher/within";
import type { BoardPort } from "../port";

/** Reading until somebody ends it, or the board does. */
export interface Listening {
  close(): Promise<void>;
  /** Never rejects. */
  readonly ended: Promise<BoardFault | undefined>;
}

/** Milliseconds that a port has to close. */
const CLOSE_LIMIT = 3000;

/** A port that was opened so often and gave no byte is not opened once more. */
const FRUITLESS_OPENINGS = 3;

/** Reads the open port as UTF-8, whose characters may come in pieces; opens it again when it was taken away. */
export const listen = (
  port: BoardPort,
  open: () => Promise<void>,
  hear: (text: string) => void,
): Listening => {
  let closed = false;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let openings = 1;

  /** Why the stream ended; undefined where it was ended by whoever closed the port. */
  const readStream = async (): Promise<BoardFault | undefined> => {
    const characters = new TextDecoder();
    reader = port.readable?.getReader();
    reader?.closed.catch(() => undefined);
    try {
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        openings = 0;
        hear(characters.decode(piece.value, { stream: true }));
      }
      return undefined;
    } catch {
      return GONE;
    } finally {
      reader?.releaseLock();
    }
  };
  const openAgain = async (): Promise<BoardFault | undefined> => {
    if (++openings > FRUITLESS_OPENINGS) return GONE;
    await settled(CLOSE_LIMIT, port.close());
    if (closed) return undefined;
    return open().then(
      () => undefined,
      () => GONE,
    );
  };
  const run = async (): Promise<BoardFault | undefined> => {
    for (;;) {
      const broken = await readStream();
      if (closed || !broken) return undefined;
      const fault = await openAgain();
      if (closed || fault) return fault;
    }
  };
  const ended = run().finally(() => settled(CLOSE_LIMIT, port.close()));
  return {
    ended,
    async close() {
      closed = true;
      await settled(CLOSE_LIMIT, reader?.cancel());
      await settled(CLOSE_LIMIT, port.close());
      await settled(CLOSE_LIMIT, ended);
    },
  };
};

const GONE = new BoardFault(
  "lost",
  "The board has gone and did not come back. Check the cable, then start the monitor again.",
);
