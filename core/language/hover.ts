import type { Analysis } from "../analyse";
import type { ChosenBinary } from "../facts";
import { cellOf } from "../table/csv";
import { endOf, type PlacedEntry } from "../table/entry";
import { APP } from "../table/subtypes";
import type { Span } from "../text/span";
import { hex, percentText, sizeText } from "../text/units";
import { type CursorCell, cellAt, entryOf, readRowOf } from "./cursor";
import { flagWords, type Word, wordOf, wordText } from "./words";

/** What a hover shows: a word explained, then the partition as it will lie in flash. The host lays it out. */
export interface Hover {
  readonly span: Span;
  readonly title: string;
  readonly text: string;
  readonly facts: readonly Fact[];
}

/** A line of the table: `["Size", "1.5 MB (1,572,864 bytes)"]`. */
export type Fact = readonly [label: string, value: string];

export function hover(analysis: Analysis, offset: number): Hover | undefined {
  const cursor = cellAt(analysis.csv, offset);
  if (!cursor) return undefined;
  const entry = entryOf(analysis, cursor.row);
  const word = explained(analysis, cursor);
  if (!entry && !word) return undefined;
  return {
    span: cursor.cell.span,
    title: word ? `${word.name} = ${hex(word.value)}` : titleOf(cursor),
    text: word ? wordText(word) : "",
    facts: entry ? factsOf(analysis, entry) : [],
  };
}

function explained(analysis: Analysis, { row, column, cell }: CursorCell): Word | undefined {
  if (column === "flags") return flagWords.find(({ name }) => cell.text.split(":").includes(name));
  const read = readRowOf(analysis, row);
  const hasWords = column === "type" || column === "subtype";
  return read && hasWords ? wordOf(read, column, analysis.facts.extraSubtypes) : undefined;
}

const titleOf = ({ row }: CursorCell): string =>
  (["name", "type", "subtype"] as const).map((column) => cellOf(row, column).text || "–").join(", ");

/** Everything that is known of a partition's place, for hovers. */
export function factsOf({ facts }: Analysis, entry: PlacedEntry): Fact[] {
  const { flashSize, micropython } = facts;
  const share: Fact[] =
    flashSize === undefined
      ? []
      : [["Share of flash", `${percentText(entry.size / flashSize)} of ${sizeText(flashSize)}`]];
  return [
    ["Offset", hex(entry.offset) + (entry.automatic ? " (computed)" : "")],
    ["End", hex(endOf(entry))],
    ["Size", `${hex(entry.size)}, ${bytesText(entry.size)}`],
    ...share,
    ...fillOf(entry, micropython),
  ];
}

function fillOf({ type, size }: PlacedEntry, binary: ChosenBinary | undefined): Fact[] {
  if (type !== APP || !binary || binary.kind === "unusable" || size <= 0) return [];
  const left = size - binary.appSize;
  const margin = left < 0 ? `${sizeText(-left)} too large` : `${sizeText(left)} free`;
  const title = binary.title || binary.name;
  return [[title, `${bytesText(binary.appSize)}, fills ${percentText(binary.appSize / size)}, ${margin}`]];
}

function bytesText(bytes: number): string {
  const exact = `${bytes.toLocaleString("en")} bytes`;
  return Math.abs(bytes) < 1024 ? exact : `${sizeText(bytes)} (${exact})`;
}
