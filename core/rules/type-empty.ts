import { type CsvRow, cellOf, rowSpan } from "../table/csv";
import { setCell } from "../table/edit";
import { APP, DATA, subtypesOf } from "../table/subtypes";
import { defineRule, type Fix } from "./rule";

export default defineRule({
  id: "type-empty",
  severity: "error",
  stage: "read",
  needs: [],
  summary: "Every partition needs a type.",
  why: "The type decides how a partition is aligned and who may use it. It is often missing because the fields of the row are not separated by commas.",
  source: "`PartitionDefinition.parse_type` in gen_esp32part.py",
  *check({ table }) {
    for (const { row, faults } of table.rows) {
      if (!faults.some(({ kind }) => kind === "type-empty")) continue;
      const separator = wrongSeparator(row);
      yield separator
        ? {
            at: rowSpan(row),
            message: `The fields of this row are separated by ${separator.name}; a partition table needs commas.`,
            fixes: [{ title: "Separate the fields by commas", edits: separator.edits }],
          }
        : {
            at: rowSpan(row),
            message:
              "The type is missing. Write app, data or a number from 0x40 to 0xFE for a type of your own.",
            fixes: typesWithSubtype(row),
          };
    }
  },
});

const separators = [
  { pattern: /\s*;[^\S\n]*/g, name: "semicolons" },
  { pattern: /\t+/g, name: "tabs" },
  { pattern: /[^\S\n]*\|[^\S\n]*/g, name: "bars" },
  { pattern: / +/g, name: "blanks" },
];

/** Only a row that is one single field can have been written with another separator. */
function wrongSeparator(row: CsvRow) {
  const [cell, ...more] = row.cells;
  if (!cell || more.length > 0 || !row.verbatim) return undefined;
  const found = separators.find(({ pattern }) => (cell.text.match(pattern)?.length ?? 0) >= 3);
  return (
    found && {
      name: found.name,
      edits: [{ span: cell.span, newText: cell.text.replace(found.pattern, ", ") }],
    }
  );
}

/** The types that know the word in the SubType column. */
function typesWithSubtype(row: CsvRow): Fix[] {
  const subtype = cellOf(row, "subtype").text.toLowerCase();
  return [
    { name: "app", type: APP },
    { name: "data", type: DATA },
  ]
    .filter(({ type }) => subtypesOf(type).some(({ name }) => name === subtype))
    .map(({ name }) => ({ title: `Set the type to ${name}`, edits: [setCell(row, "type", name)] }));
}
