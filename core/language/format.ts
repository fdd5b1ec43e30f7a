import type { Analysis } from "../analyse";
import { type CsvLine, columns } from "../table/csv";
import { stripped } from "../text/python";
import { intersects, type Span, span, type TextEdit } from "../text/span";
import { blocksOf } from "./folding";

/** A line in columns: where its fields stand, and where the line itself begins. */
interface AlignedLine {
  readonly start: number;
  /** End of what may be changed: the line's, or that of the last field that is aligned. */
  readonly end: number;
  readonly fields: readonly Span[];
}

/**
 * Aligns the columns of each block of lines as Espressif's own tables do: the comma follows the value, the space the
 * comma. Only space around fields changes; values, comments, blank lines and line ends stay as they are.
 */
export function format({ csv }: Pick<Analysis, "csv">, range = span(0, csv.text.length)): TextEdit[] {
  return blocksOf(csv.lines)
    .flatMap((block) => alignBlock(block.flatMap((line) => alignable(csv.text, line))))
    .filter(({ line }) => intersects(line, range))
    .flatMap(({ edits }) => edits)
    .filter(({ span: { start, end }, newText }) => csv.text.slice(start, end) !== newText);
}

function alignable(text: string, line: CsvLine): AlignedLine[] {
  if (line.kind === "comment") return columnTitles(text, line.span);
  // With a variable in it, the fields may be others than those that are written there.
  if (line.kind !== "row" || text.slice(line.span.start, line.span.end).includes("$")) return [];
  const fields = line.cells.slice(0, MAX_FIELDS).map((cell) => cell.span);
  const end = line.cells.length > MAX_FIELDS ? (fields.at(-1)?.end ?? 0) : line.span.end;
  return [{ start: line.span.start, end, fields }];
}

/** The columns that the tool reads, and the one behind them, where people put remarks. */
const MAX_FIELDS = columns.length + 1;

/** The comment that names the columns, a comma behind the last allowed, is aligned with them. */
const titles = [/^#\s*name$/i, /^type$/i, /^sub\s*type$/i, /^offset$/i, /^size$/i, /^(?:flags)?$/i, /^$/];

function columnTitles(text: string, { start, end }: Span): AlignedLine[] {
  const line = text.slice(start, end);
  const parts = line.split(",", titles.length + 1);
  if (parts.length < titles.length - 2) return [];
  const fields: Span[] = [];
  let from = 0;
  for (const [column, part] of parts.entries()) {
    const field = stripped(line, from, from + part.length);
    if (!titles[column]?.test(line.slice(field.from, field.to))) return [];
    fields.push(span(start + field.from, start + field.to));
    from += part.length + 1;
  }
  return [{ start, end, fields }];
}

function alignBlock(lines: readonly AlignedLine[]): { line: AlignedLine; edits: TextEdit[] }[] {
  const widths = columns.map((_, column) =>
    lines.reduce(
      (width, { fields }) => (isFollowed(fields, column) ? Math.max(width, lengthOf(fields[column])) : width),
      0,
    ),
  );
  return lines.map((line) => ({ line, edits: alignLine(line, widths) }));
}

/** The gaps of a line: before the first field, between two, behind the last. */
function alignLine({ start, end, fields }: AlignedLine, widths: readonly number[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = start;
  for (const [column, field] of fields.entries()) {
    edits.push({
      span: span(at, field.start),
      newText: column === 0 ? "" : gapBehind(fields, column - 1, widths),
    });
    at = field.end;
  }
  return [...edits, { span: span(at, end), newText: "" }];
}

function gapBehind(fields: readonly Span[], column: number, widths: readonly number[]): string {
  if (!isFollowed(fields, column)) return ",";
  return `,${" ".repeat((widths[column] ?? 0) - lengthOf(fields[column]) + 1)}`;
}

/** Whether a value stands behind the field: trailing commas need no columns. */
const isFollowed = (fields: readonly Span[], column: number): boolean =>
  fields.slice(column + 1).some((field) => lengthOf(field) > 0);

const lengthOf = (field: Span | undefined): number => (field ? field.end - field.start : 0);
