import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { failure, type Result, success } from "../result";
import { MD5_MAGIC, ROW_MAGIC } from "./encode";
import type { PartitionEntry } from "./entry";
import { LABEL_LENGTH } from "./label";
import { ROW_LENGTH } from "./options";

/** A table read back from bytes. Nothing is said yet about whether its rows make sense: that is for the rules. */
export interface DecodedTable {
  readonly entries: readonly PartitionEntry[];
  /** Whether an MD5 row stood behind the rows; apps since ESP-IDF v4.4 insist on one. */
  readonly md5Row: boolean;
  /** Bits of the flag words that no tool knows, by row; they are not kept. */
  readonly unknownFlags: readonly { readonly name: string; readonly bits: number }[];
}

export type DecodeFault = "length" | "magic" | "md5" | "no-end" | "name";

/**
 * `PartitionTable.from_binary`: rows until one of 32 times FF. The MD5 row is checked where there is one.
 * `at` of a failure is the byte offset of the row.
 */
export function decodeTable(
  bytes: Uint8Array,
  { md5Row } = { md5Row: true },
): Result<DecodedTable, DecodeFault> {
  const entries: PartitionEntry[] = [];
  const unknownFlags: { name: string; bits: number }[] = [];
  let seenMd5 = false;
  // The digest covers all rows so far but no MD5 row: the bytes are gathered as they are accepted.
  const covered: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += ROW_LENGTH) {
    const row = bytes.subarray(at, at + ROW_LENGTH);
    if (row.length < ROW_LENGTH) return failure("length", at, "The table ends in the middle of a row.");
    if (row.every((byte) => byte === 0xff)) return success({ entries, md5Row: seenMd5, unknownFlags });
    if (md5Row && startsWith(row, MD5_MAGIC)) {
      const fault = checkMd5(covered, row, at);
      if (fault) return fault;
      seenMd5 = true;
      continue;
    }
    covered.push(row);
    const entry = decodeRow(row, at);
    if (!entry.ok) return entry;
    entries.push(entry.value.entry);
    if (entry.value.unknown !== 0)
      unknownFlags.push({ name: entry.value.entry.name, bits: entry.value.unknown });
  }
  return failure(
    "no-end",
    bytes.length,
    "The table has no end: the row of FF bytes behind its last row is missing.",
  );
}

export const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

function checkMd5(covered: readonly Uint8Array[], row: Uint8Array, at: number) {
  const digest = md5.create();
  for (const part of covered) digest.update(part);
  const computed = bytesToHex(digest.digest());
  const stored = bytesToHex(row.subarray(16));
  return computed === stored
    ? undefined
    : failure(
        "md5",
        at,
        `The MD5 of the rows is ${computed}, but the table says ${stored}: a row was changed or damaged.`,
      );
}

function decodeRow(
  row: Uint8Array,
  at: number,
): Result<{ entry: PartitionEntry; unknown: number }, DecodeFault> {
  if (!startsWith(row, ROW_MAGIC)) {
    const found = bytesToHex(row.subarray(0, 2));
    return failure("magic", at, `A row begins with AA 50, but here are ${found.toUpperCase()}.`);
  }
  const name = decodeLabel(row.subarray(12, 12 + LABEL_LENGTH));
  if (name === undefined) return failure("name", at, "The name in this row is not UTF-8.");
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  const flags = view.getUint32(28, true);
  const entry: PartitionEntry = {
    name,
    type: view.getUint8(2),
    subtype: view.getUint8(3),
    offset: view.getUint32(4, true),
    size: view.getUint32(8, true),
    encrypted: (flags & 1) !== 0,
    readonly: (flags & 2) !== 0,
  };
  return success({ entry, unknown: (flags & ~3) >>> 0 });
}

function decodeLabel(bytes: Uint8Array): string | undefined {
  const end = bytes.indexOf(0);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(0, end === -1 ? undefined : end),
    );
  } catch {
    return undefined;
  }
}
