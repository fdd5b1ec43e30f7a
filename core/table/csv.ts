import { lineEnds, strip, stripped } from "../text/python";
import { type Span, span } from "../text/span";
import { type Expansion, expandVariables } from "./variables";

/** One field of a row. `text` is what the tool sees (variables expanded, stripped); `span` is what the user wrote. */
export interface CsvCell {
  readonly text: string;
  /** The characters of the value without the space around it; empty where the field is blank or missing. */
  readonly span: Span;
  /** Everything between the two commas. */
  readonly outer: Span;
}

interface Line {
  /** One-based, counted as Python's `splitlines` does, which is what Espressif's messages name. */
  readonly number: number;
  /** The line without its end. */
  readonly span: Span;
}

export interface CsvRow extends Line {
  readonly kind: "row";
  readonly cells: readonly CsvCell[];
  /** False when a `$VARIABLE` was replaced, so that the text under a cell is not its value. */
  readonly verbatim: boolean;
}

/** A line that begins with a `$NAME` that the environment does not define: the tool stops here. */
export interface CsvUnknownVariable extends Line {
  readonly kind: "unknown-variable";
  readonly name: string;
}

export type CsvLine = CsvRow | CsvUnknownVariable | (Line & { readonly kind: "blank" | "comment" });

/** A CSV without loss: the spans of the lines and the ends between them are the whole text. */
export interface CsvDocument {
  readonly text: string;
  readonly lines: readonly CsvLine[];
  readonly rows: readonly CsvRow[];
}

/** The columns of a partition table, in order; what stands behind `flags` is ignored by the tool. */
export const columns = ["name", "type", "subtype", "offset", "size", "flags"] as const;
export type Column = (typeof columns)[number];

export type Environment = Readonly<Record<string, string>>;

/** Reads any text; never fails. Lines, variables, comments and fields as `PartitionTable.from_csv` reads them. */
export function parseCsv(text: string, environment: Environment = {}): CsvDocument {
  const lines: CsvLine[] = [];
  let start = 0;
  for (const { 0: eol, index } of text.matchAll(lineEnds)) {
    lines.push(parseLine(text, span(start, index), lines.length + 1, environment));
    start = index + eol.length;
  }
  if (start < text.length)
    lines.push(parseLine(text, span(start, text.length), lines.length + 1, environment));
  return { text, lines, rows: lines.filter((line) => line.kind === "row") };
}

/** The field of a column; a missing one is an empty cell at the end of what the row holds. */
export function cellOf(row: CsvRow, column: Column): CsvCell {
  const end = row.cells.at(-1)?.outer.end ?? row.span.end;
  return row.cells[columns.indexOf(column)] ?? { text: "", span: span(end, end), outer: span(end, end) };
}

/** From the first to the last value of the row, without the space around. */
export const rowSpan = (row: CsvRow): Span =>
  span(row.cells[0]?.span.start ?? row.span.start, row.cells.at(-1)?.span.end ?? row.span.end);

function parseLine(text: string, line: Span, number: number, environment: Environment): CsvLine {
  const source = text.slice(line.start, line.end);
  const expansion = expandVariables(source, line.start, environment);
  const variable = /^\$([A-Za-z_][A-Za-z0-9_]*)/.exec(expansion.text);
  if (variable) return { kind: "unknown-variable", number, span: line, name: variable[1] ?? "" };
  const content = strip(expansion.text);
  if (content === "") return { kind: "blank", number, span: line };
  if (content.startsWith("#")) return { kind: "comment", number, span: line };
  return { kind: "row", number, span: line, cells: splitCells(expansion), verbatim: expansion.verbatim };
}

/** What stands behind the sixth column is ignored, so of very many fields the last one is all the rest. */
const MAX_CELLS = 64;

function splitCells(expansion: Expansion): CsvCell[] {
  const { text } = expansion;
  const cells: CsvCell[] = [];
  const all = stripped(text, 0, text.length);
  for (let from = all.from; from <= all.to; ) {
    const comma = cells.length < MAX_CELLS - 1 ? text.indexOf(",", from) : -1;
    const to = comma === -1 || comma >= all.to ? all.to : comma;
    const value = stripped(text, from, to);
    cells.push({
      text: text.slice(value.from, value.to),
      span: expansion.sourceOf(value.from, value.to),
      outer: expansion.sourceOf(from, to),
    });
    from = to + 1;
  }
  return cells;
}
