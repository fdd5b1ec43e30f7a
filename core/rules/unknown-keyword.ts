import { type CsvRow, cellOf } from "../table/csv";
import { setCell } from "../table/edit";
import type { ReadRow } from "../table/read";
import { partitionTypes, subtypesOf, typeName } from "../table/subtypes";
import { insertAt } from "../text/span";
import { defineRule, type Fix } from "./rule";
import { isHeading } from "./support/heading";
import { nearestWord } from "./support/words";

export default defineRule({
  id: "unknown-keyword",
  severity: "error",
  stage: "read",
  needs: [],
  summary: "Type and subtype must be words that Espressif's tool knows, or numbers.",
  why: "Words are not case-sensitive. Numbers from 0 to 255 are always possible. A project can add words with `extra_partition_subtypes`.",
  source: "`parse_int` in gen_esp32part.py",
  *check({ table }) {
    for (const read of table.rows) {
      for (const fault of read.faults) {
        if (fault.kind !== "keyword") continue;
        if (isHeading(read.row)) yield headerWithoutHash(read.row);
        else if (fault.column === "type") yield unknownType(read.row, fault.value, fault.known);
        else yield unknownSubtype(read, fault.value, fault.known);
      }
    }
  },
});

const headerWithoutHash = (row: CsvRow) => ({
  at: cellOf(row, "type").span,
  message: "This row is a heading, but the tool reads it as a partition. Put # in front of it.",
  fixes: [{ title: "Make the heading a comment", edits: [insertAt(row.span.start, "# ")] }],
});

function unknownType(row: CsvRow, value: string, known: readonly string[]) {
  return {
    at: cellOf(row, "type").span,
    message: `'${value}' is not a partition type. Write ${listed(known)}, or a number from 0x40 to 0xFE.`,
    fixes: replacements(row, "type", value, known),
  };
}

function unknownSubtype({ row, type = 0 }: ReadRow, value: string, known: readonly string[]) {
  const owner = partitionTypes.find((other) =>
    subtypesOf(other.value).some(({ name }) => name === value.toLowerCase()),
  );
  if (owner) {
    return {
      at: cellOf(row, "subtype").span,
      message: `'${value}' is a subtype of ${owner.name}, but this partition has type ${typeName(type)}.`,
      fixes: [{ title: `Set the type to ${owner.name}`, edits: [setCell(row, "type", owner.name)] }],
    };
  }
  return {
    at: cellOf(row, "subtype").span,
    message: `'${value}' is not a subtype of ${typeName(type)}. Known are ${listed(known)}; or write its number.`,
    fixes: replacements(row, "subtype", value, known),
  };
}

function replacements(
  row: CsvRow,
  column: "type" | "subtype",
  value: string,
  known: readonly string[],
): Fix[] {
  const nearest = nearestWord(value, known);
  return nearest === undefined
    ? []
    : [{ title: `Change to ${nearest}`, edits: [setCell(row, column, nearest)] }];
}

/** `a, b or c`; the sixteen update slots are one item, as nobody reads them all. */
function listed(words: readonly string[]): string {
  const short = words
    .filter((word) => !/^ota_\d+$/.test(word))
    .concat(words.includes("ota_0") ? ["ota_0 … ota_15"] : []);
  return `${short.slice(0, -1).join(", ")} or ${short.at(-1)}`;
}
