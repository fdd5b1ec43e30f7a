import { setCell } from "../../table/edit";
import type { ReadRow } from "../../table/read";
import { APP, subtypeName } from "../../table/subtypes";
import type { TextEdit } from "../../text/span";

/** Gives an app another subtype, and another name where the name only repeats the subtype and the new one is free. */
export function renumber(rows: readonly ReadRow[], read: ReadRow, subtype: number): TextEdit[] {
  const [before, after] = [subtypeName(APP, read.subtype ?? subtype), subtypeName(APP, subtype)];
  const isNamedSo = read.name === before && !rows.some(({ name }) => name === after);
  return [...(isNamedSo ? [setCell(read.row, "name", after)] : []), setCell(read.row, "subtype", after)];
}
