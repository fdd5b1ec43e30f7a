import type { Analysis } from "../analyse";
import { type Column, type CsvCell, columns } from "../table/csv";
import { parseNumber } from "../table/number";
import type { ReadRow } from "../table/read";
import type { ExtraSubtype } from "../table/subtypes";
import { referencesIn } from "../table/variables";
import { type Span, span } from "../text/span";
import { readsByRow } from "./cursor";
import { flagWords, wordOf } from "./words";

/** What a piece of the text is; hosts map it to the colours they have. */
export const tokenKinds = ["comment", "label", "type", "subtype", "flag", "number", "variable"] as const;
export type TokenKind = (typeof tokenKinds)[number];

export interface SemanticToken {
  readonly kind: TokenKind;
  readonly span: Span;
}

/** In the order of the text, none over another, none over a line end. Words that mean nothing stay without. */
export function semanticTokens(analysis: Analysis): SemanticToken[] {
  const reads = readsByRow(analysis);
  const extra = analysis.facts.extraSubtypes;
  return analysis.csv.lines.flatMap((line): SemanticToken[] => {
    if (line.kind === "blank") return [];
    if (line.kind === "comment") return [{ kind: "comment", span: line.span }];
    const read = line.kind === "row" && line.verbatim ? reads.get(line) : undefined;
    return read ? rowTokens(read, extra) : variablesIn(analysis.csv.text, line.span);
  });
}

const rowTokens = (read: ReadRow, extra: readonly ExtraSubtype[]): SemanticToken[] =>
  read.row.cells.flatMap((cell, index) => {
    const column = columns[index];
    if (cell.span.start === cell.span.end) return [];
    if (column === "flags") return flagTokens(cell);
    const kind = kindOf(read, cell, column, extra);
    return kind ? [{ kind, span: cell.span }] : [];
  });

function kindOf(
  read: ReadRow,
  { text }: CsvCell,
  column: Exclude<Column, "flags"> | undefined,
  extra: readonly ExtraSubtype[],
): TokenKind | undefined {
  // The tool ignores what stands behind the sixth column, as it ignores a comment.
  if (!column) return "comment";
  if (column === "name") return "label";
  if (parseNumber(text).ok) return "number";
  if (column === "offset" || column === "size") return undefined;
  return wordOf(read, column, extra) && column;
}

function flagTokens({ text, span: { start } }: CsvCell): SemanticToken[] {
  return [...text.matchAll(/[^:]+/g)]
    .filter(([flag]) => flagWords.some(({ name }) => name === flag))
    .map(({ 0: flag, index }) => ({ kind: "flag", span: span(start + index, start + index + flag.length) }));
}

/** The fields of such a line are not what is written there, only its variables can be told. */
const variablesIn = (text: string, { start, end }: Span): SemanticToken[] =>
  [...referencesIn(text.slice(start, end))].map(({ reference, index }) => ({
    kind: "variable",
    span: span(start + index, start + index + reference.length),
  }));
