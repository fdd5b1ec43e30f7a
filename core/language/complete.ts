import type { Analysis } from "../analyse";
import { cellOf } from "../table/csv";
import {
  APP,
  DATA,
  isOtaSlot,
  isPrimary,
  type Keyword,
  offsetAlignment,
  partitionTypes,
  subtypesOf,
} from "../table/subtypes";
import { type Span, span, type TextEdit } from "../text/span";
import { alignUp, hex } from "../text/units";
import { type CursorCell, cellAt, lineAt, readRowOf } from "./cursor";
import { endAbove } from "./room";
import { suggestedRows } from "./suggestedRows";
import { suggestedSizes } from "./suggestedSizes";
import { flagWords, wordText } from "./words";

/** A proposal, the best first in its list. The edit always covers the cursor and stays in its line. */
export interface Completion {
  readonly kind: "row" | "type" | "subtype" | "offset" | "size" | "flags";
  readonly label: string;
  /** A few words beside the label. */
  readonly detail: string;
  /** Sentences for those who look closer; may be empty. */
  readonly documentation: string;
  readonly edit: TextEdit;
}

/** A proposal before it is known which text it replaces. */
type Proposal = Omit<Completion, "kind" | "edit"> & { readonly newText?: string };

export function complete(analysis: Analysis, offset: number): Completion[] {
  const line = lineAt(analysis.csv, offset);
  if (!line || line.kind === "blank")
    return newRow(analysis, offset, span(line?.span.start ?? offset, offset));
  const cursor = cellAt(analysis.csv, offset);
  if (!cursor) return [];
  const at = replaced(cursor, offset);
  if (cursor.column !== "name") return completions(cursor.column, proposals(analysis, cursor, offset), at);
  // A name of its own is the user's; behind the first letters of a new row, whole rows are meant.
  return cursor.row.cells.length === 1 ? newRow(analysis, offset, at) : [];
}

const newRow = (analysis: Analysis, offset: number, at: Span): Completion[] =>
  completions("row", suggestedRows(analysis, offset), at);

const completions = (kind: Completion["kind"], proposed: readonly Proposal[], at: Span): Completion[] =>
  proposed.map(({ newText, ...proposal }) => ({
    kind,
    ...proposal,
    edit: { span: at, newText: newText ?? proposal.label },
  }));

/** The value under the cursor and the space up to it; of flags only the one at the cursor. */
function replaced({ column, cell }: CursorCell, offset: number): Span {
  const { start, end } = cell.span;
  if (start === end) return span(offset, offset);
  if (column !== "flags") return span(Math.min(start, offset), Math.max(end, offset));
  const flags = cell.text;
  const at = offset - start;
  const from = flags.lastIndexOf(":", at - 1) + 1;
  const colon = flags.indexOf(":", at);
  return span(
    Math.min(start + from, offset),
    Math.max(start + (colon === -1 ? flags.length : colon), offset),
  );
}

function proposals(analysis: Analysis, cursor: CursorCell, offset: number): Proposal[] {
  switch (cursor.column) {
    case "type":
      return typeOrder.map(wordProposal);
    case "subtype":
      return subtypes(analysis, cursor);
    case "offset":
      return offsets(analysis, cursor);
    case "size":
      return suggestedSizes(analysis, cursor.row, offset);
    case "flags":
      return flagWords.filter(({ name }) => !cursor.cell.text.split(":").includes(name)).map(wordProposal);
    case "name":
      return [];
  }
}

/** The common types first. */
const typeOrder = [...partitionTypes].sort((a, b) => rank(a) - rank(b));
function rank({ value }: Keyword): number {
  return [APP, DATA].includes(value) ? value : 2;
}

const wordProposal = (word: Keyword): Proposal => ({
  label: word.name,
  detail: hex(word.value),
  documentation: wordText(word),
});

/** The subtypes of the row's type; update slots that other rows have already come last. */
function subtypes(analysis: Analysis, { row }: CursorCell): Proposal[] {
  const type = readRowOf(analysis, row)?.type;
  if (type === undefined) return [];
  const taken = new Set(
    analysis.table.rows
      .filter((read) => read.row !== row && read.type === type)
      .map(({ subtype }) => subtype),
  );
  const isTaken = ({ value }: Keyword): number => Number(isOtaSlot(type, value) && taken.has(value));
  return [...subtypesOf(type, analysis.facts.extraSubtypes)]
    .sort((a, b) => isTaken(a) - isTaken(b))
    .map(wordProposal);
}

/** The lowest offset that the row may have; rows that the tool places itself have none to write. */
function offsets(analysis: Analysis, { row }: CursorCell): Proposal[] {
  const read = readRowOf(analysis, row);
  const lowest = endAbove(analysis, cellOf(row, "name").span.start);
  if (!read || lowest === undefined || isPrimary(read.type, read.subtype)) return [];
  const alignment = offsetAlignment(read.type);
  const next = hex(alignUp(lowest, alignment));
  const documentation = `The first multiple of ${hex(alignment)} behind the partitions above. A blank offset means the same.`;
  return [{ label: next, detail: "next free offset", documentation }];
}
