import { type Column, type CsvDocument, type CsvRow, cellOf } from "../table/csv";
import { liftComment, setCell } from "../table/edit";
import { lineEndOf } from "../text/lines";
import { csvSize, hex } from "../text/units";
import { defineRule, type Fix } from "./rule";
import { isHeading } from "./support/heading";

export default defineRule({
  id: "invalid-number",
  severity: "error",
  stage: "read",
  needs: [],
  summary: "Offset and size must be numbers as Espressif's tool reads them.",
  why: "Decimal (`24576`), hexadecimal (`0x6000`) and the suffixes `K` and `M` (`24K`, `1M`) are understood. Fractions, `KB`, `MB`, hexadecimal without `0x` and leading zeros are not.",
  source: "`parse_int` in gen_esp32part.py, which is Python's `int(text, 0)` with suffixes",
  *check({ csv, table }) {
    for (const { row, faults } of table.rows) {
      for (const fault of faults) {
        if (fault.kind !== "number" || isHeading(row)) continue;
        const { text, span } = cellOf(row, fault.column);
        yield {
          at: span,
          message:
            fault.column === "subtype"
              ? `'${text}' is not a number; types without names of their own have no subtype words. Write 0 to 255.`
              : `'${text}' is not ${fault.column === "size" ? "a size" : "an offset"}. Write it like 0x10000, 65536, 64K or 1M.`,
          fixes: repairs(csv, row, fault.column, text),
        };
      }
    }
  },
});

const UNITS: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** What the text most likely means, the likeliest first. */
function repairs(csv: CsvDocument, row: CsvRow, column: Column, text: string): Fix[] {
  const comment = text.search(/#|\/\//);
  if (comment > 0 && row.verbatim) {
    const from = cellOf(row, column).span.start + comment;
    return [
      {
        title: "Move the comment to a line of its own",
        edits: liftComment(csv, row, from, lineEndOf(csv.text)),
      },
    ];
  }
  if (column === "offset" && /^(n\/?a|-+|auto|\?)$/i.test(text)) {
    return [{ title: "Leave the offset blank", edits: [setCell(row, column, "")] }];
  }
  return meanings(text).map((value) => ({
    title: `Change to ${value}`,
    edits: [setCell(row, column, value)],
  }));
}

function meanings(text: string): string[] {
  const withUnit = /^([\d.]+)\s*([kmg])?i?b?$/i.exec(text);
  if (withUnit && (withUnit[2] || /b$/i.test(text) || text.includes("."))) {
    const bytes = Number(withUnit[1]) * (UNITS[withUnit[2]?.toLowerCase() ?? ""] ?? 1);
    return Number.isInteger(bytes) ? [csvSize(bytes)] : [];
  }
  if (/^0\d+$/.test(text)) return [text.replace(/^0+/, ""), `0x${text.replace(/^0+/, "")}`];
  if (/^\d+e\d+$/i.test(text)) return [];
  const digits = /^(?:[$#]|&h)?([0-9a-f]+)h?$/i.exec(text)?.[1];
  return digits === undefined ? [] : [hex(Number.parseInt(digits, 16))];
}
