import { type Column, rowSpan } from "../table/csv";
import type { PlacedEntry } from "../table/entry";
import { hex } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";

export default defineRule({
  id: "field-range",
  severity: "error",
  stage: "encode",
  needs: [],
  summary: "Numbers must fit their field: type and subtype 0 to 255, offset and size 0 to 0xFFFFFFFF.",
  why: "The binary table has one byte for type and subtype, and 32 bits for offset and size. A negative size `-X` means that the partition ends at address X, which must lie behind its beginning.",
  source: "`PartitionDefinition.to_binary` in gen_esp32part.py (a `struct.error` there)",
  *check({ table }) {
    for (const entry of table.entries) {
      for (const { column, max } of fields) {
        const value = entry[column];
        if (value === undefined || (0 <= value && value <= max)) continue;
        yield { at: fieldSpan(entry, column), message: messageOf(entry, column, value, max) };
      }
    }
    // Rows without a place are not among the entries, but their type can be out of range all the same.
    const placed = new Set(table.entries.map(({ row }) => row));
    for (const { row, type, subtype } of table.rows) {
      if (placed.has(row)) continue;
      if ([type, subtype].some((value) => value !== undefined && (value < 0 || 0xff < value))) {
        yield { at: rowSpan(row), message: "Type and subtype must be numbers from 0 to 255." };
      }
    }
  },
});

const fields = [
  { column: "type", max: 0xff },
  { column: "subtype", max: 0xff },
  { column: "offset", max: 0xffffffff },
  { column: "size", max: 0xffffffff },
] as const satisfies readonly { column: Column; max: number }[];

function messageOf(entry: PlacedEntry, column: string, value: number, max: number): string {
  if (column === "size" && value < 0) {
    return `${quoted(entry)} would end at ${hex(entry.offset + value)}, before it begins at ${hex(entry.offset)}.`;
  }
  return `The ${column} ${hex(value)} of ${quoted(entry)} is out of range: 0 to ${max === 0xff ? "255" : hex(max)}.`;
}
