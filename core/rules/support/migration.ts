import type { PairFault } from "../../migrate/pairFaults";
import { pairOf, type TablePair } from "../../migrate/tablePair";
import type { Column } from "../../table/csv";
import { setNumber } from "../../table/edit";
import type { PlacedEntry } from "../../table/entry";
import { wholeEntries } from "../../table/whole";
import type { TextEdit } from "../../text/span";
import { type Finding, type Fix, quoted, type Subject } from "../rule";
import { fieldSpan } from "./entries";
import { fixesThatFit } from "./room";
import { wholeTable } from "./space";

/**
 * What a rule over the source and the target table finds, each at a field of the row that stands in its place. While the
 * source table is not known, takes no update over the air, or a row of this table cannot be read, there is nothing to say.
 */
export function* pairFindings(
  subject: Subject,
  column: Column,
  find: (pair: TablePair) => readonly PairFault[],
  mend: (entry: PlacedEntry, fault: PairFault) => readonly TextEdit[] = () => [],
): Iterable<Finding> {
  const { source } = subject.facts;
  const entries = wholeEntries(subject);
  const pair = source && entries && entries.length > 0 ? pairOf(source, entries) : undefined;
  if (!pair) return;
  for (const fault of find(pair)) {
    const entry = entries?.find((own) => own === fault.after);
    yield entry
      ? {
          at: fieldSpan(entry, column),
          message: fault.message,
          fixes: fixesOf(subject, entry, mend(entry, fault)),
        }
      : { ...wholeTable(subject), message: fault.message };
  }
}

const fixesOf = (subject: Subject, entry: PlacedEntry, edits: readonly TextEdit[]): Fix[] =>
  edits.length === 0
    ? []
    : fixesThatFit(subject, [{ title: `Put ${quoted(entry)} back where the devices have it`, edits }]);

/** Puts a partition back where the source table has it, at least as large. */
export function putBack(entry: PlacedEntry, { before }: PairFault): TextEdit[] {
  if (!before) return [];
  return [
    ...(entry.offset === before.offset ? [] : [setNumber(entry.row, "offset", before.offset)]),
    ...(entry.size >= before.size ? [] : [setNumber(entry.row, "size", before.size)]),
  ];
}
