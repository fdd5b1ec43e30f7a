import type { Analysis } from "../analyse";
import { cellOf } from "../table/csv";
import { endOf, type PlacedEntry } from "../table/entry";
import type { ReadRow } from "../table/read";
import { APP } from "../table/subtypes";
import type { Span } from "../text/span";
import { hex, sizeText } from "../text/units";
import { entriesByRow } from "./cursor";

/** A partition in the outline. */
export interface PartitionSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: "app" | "other";
  readonly span: Span;
  /** The label, or where it is missing. */
  readonly nameSpan: Span;
}

export function symbols(analysis: Analysis): PartitionSymbol[] {
  const entries = entriesByRow(analysis);
  return analysis.table.rows.map((read) => ({
    name: read.name || "(no name)",
    detail: detailOf(read, entries.get(read.row)),
    kind: read.type === APP ? "app" : "other",
    span: read.row.span,
    nameSpan: cellOf(read.row, "name").span,
  }));
}

function detailOf({ row }: ReadRow, entry: PlacedEntry | undefined): string {
  const words = [cellOf(row, "type").text, cellOf(row, "subtype").text].filter(Boolean).join(", ");
  return entry ? `${words} · ${hex(entry.offset)} to ${hex(endOf(entry))} · ${sizeText(entry.size)}` : words;
}
