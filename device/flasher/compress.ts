import { promisify } from "node:util";
import { deflate, type ZlibOptions } from "node:zlib";
import { inflater } from "../inflate";

/** A piece of a zlib stream. */
export interface Block {
  readonly bytes: Uint8Array;
  /** Bytes of flash that are written once the board has it. */
  readonly size: number;
}

const deflated = promisify<Uint8Array, ZlibOptions, Uint8Array>(deflate);
const STRONGEST: ZlibOptions = { level: 9, memLevel: 9 };

/** One zlib stream in blocks of so many bytes, as the stub takes them. Other threads than ours do the work. */
export async function compressed(bytes: Uint8Array, blockSize: number): Promise<readonly Block[]> {
  const stream = await deflated(bytes, STRONGEST);
  const inflating = inflater();
  const blocks: Block[] = [];
  for (let at = 0; at < stream.length; at += blockSize) {
    const block = stream.subarray(at, at + blockSize);
    const inflated = await inflating.push(block);
    blocks.push({ bytes: block, size: inflated?.length ?? 0 });
  }
  inflating.close();
  return blocks;
}

/** Compressed size through size, measured on a part of what is to be sent. */
export async function compressionRatio(parts: readonly Uint8Array[]): Promise<number> {
  let [before, after] = [0, 0];
  for (const part of parts) {
    before += part.length;
    after += (await deflated(part, STRONGEST)).length;
  }
  return before === 0 ? 1 : after / before;
}
