import { createInflate } from "node:zlib";
import { concat } from "./bytes";

/** Takes a zlib stream piece by piece and gives what each piece yields. */
export interface Inflater {
  /** Undefined once the stream is damaged; nothing more comes then. */
  push(piece: Uint8Array): Promise<Uint8Array | undefined>;
  close(): void;
}

export const inflater = (): Inflater => {
  const stream = createInflate();
  let yielded: Uint8Array[] = [];
  let damaged = false;
  let settle: () => void = () => undefined;
  stream.on("data", (bytes: Uint8Array) => yielded.push(bytes));
  const fail = () => {
    damaged = true;
    settle();
  };
  stream.on("error", fail);
  stream.on("close", fail);
  return {
    async push(piece) {
      if (damaged) return undefined;
      await new Promise<void>((resolve) => {
        settle = resolve;
        stream.write(piece, () => resolve());
      });
      const bytes = concat(yielded);
      yielded = [];
      return damaged ? undefined : bytes;
    },
    close() {
      stream.destroy();
    },
  };
};
