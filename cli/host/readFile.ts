import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { failure, type Result, success } from "../../core/result";
import { reasonOf } from "../../core/text/reason";
import { sizeText } from "../../core/text/units";
import type { ReadFault } from "../io";

const CHUNK = 64 * 1024;

/** Reads at most `limit` bytes. The size is not trusted: pipes and devices have none, and files grow. */
export function readFile(path: string, limit: number): Result<Uint8Array, ReadFault> {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return unreadable(path, "it is a folder");
    if (stats.size > limit) return tooLarge(path, limit);
    return readDescriptor(descriptor, stats.size, limit) ?? tooLarge(path, limit);
  } catch (error) {
    return unreadable(path, reasonOf(error));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

export async function readStandardInput(limit: number): Promise<Result<Uint8Array, ReadFault>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // Not `readSync(0)`: standard input may be non-blocking, and then that fails while nothing is there yet.
    for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) return tooLarge("-", limit);
    }
  } catch (error) {
    return unreadable("-", reasonOf(error));
  }
  return success(Buffer.concat(chunks));
}

function readDescriptor(
  descriptor: number,
  expected: number,
  limit: number,
): Result<Uint8Array, ReadFault> | undefined {
  // One byte more than expected, so that the end of an ordinary file is seen at the second read.
  let bytes = new Uint8Array(Math.min(expected, limit) + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, null);
    length += read;
    if (length > limit) return undefined;
    if (read === 0) return success(bytes.subarray(0, length));
    if (length === bytes.length) bytes = grown(bytes, Math.min(length * 2 + CHUNK, limit + 1));
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}

const nameOf = (path: string): string => (path === "-" ? "standard input" : `'${path}'`);

const unreadable = (path: string, why: string) =>
  failure("unreadable", 0, `Cannot read ${nameOf(path)}: ${why}.`);

const tooLarge = (path: string, limit: number) =>
  failure(
    "too-large",
    limit,
    `${nameOf(path)} is larger than ${sizeText(limit)}, which cannot be right. It was not read.`,
  );
