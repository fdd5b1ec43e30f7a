import { failure, type Result, success } from "../result";

/** Bytes of a file, `end` is behind the last one. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` field (RFC 9110, 14): undefined where the whole file is meant, because there is none or it counts in
 * another unit. Refused are ranges that are none, begin behind the end, or are several: no updater asks for several, and
 * answering them is work for nothing.
 */
export function readRange(
  field: string | undefined,
  size: number,
): Result<ByteRange | undefined, "unsatisfiable"> {
  if (field === undefined || !/^bytes\s*=/i.test(field)) return success(undefined);
  const [, first = "", last = ""] = /^bytes\s*=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(field) ?? [];
  if (first === "") return suffix(last, size);
  const [start, end] = [Number(first), last === "" ? size : Math.min(Number(last) + 1, size)];
  return start < size && start < end ? success({ start, end }) : unsatisfiable(size);
}

/** `bytes=-500`: the last 500. */
const suffix = (last: string, size: number): Result<ByteRange, "unsatisfiable"> =>
  last === "" || Number(last) === 0
    ? unsatisfiable(size)
    : success({ start: Math.max(0, size - Number(last)), end: size });

const unsatisfiable = (size: number) =>
  failure("unsatisfiable", 0, `Ask for one range within the ${size} bytes of the file.`);
