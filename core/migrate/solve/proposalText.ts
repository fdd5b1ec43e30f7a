import { calledName, changeWord, kindText } from "../../picture/names";
import type { PartitionEntry } from "../../table/entry";
import { columns } from "../../text/columns";
import { hex, sizeText } from "../../text/units";
import type { Change } from "../diff";
import { proposalTitles } from "../report/words";
import type { PossibleLayout, Proposal } from "./proposal";

/** A layout as a table, with what is kept, lost and possible later; or why there is none, and what would help. */
export function proposalText(proposal: Proposal, source: readonly PartitionEntry[]): string[] {
  if (!proposal.isPossible)
    return [`Not possible. ${proposal.why}`, ...proposal.remedies.map((remedy) => `- ${remedy}`)];
  if (proposal.sameAs !== undefined) return [`It is the same table as '${proposalTitles[proposal.sameAs]}'.`];
  return [...tableLines(proposal, source), ...proposal.words.map((words) => `- ${words}`)];
}

const tableLines = ({ entries, diff }: PossibleLayout, source: readonly PartitionEntry[]): string[] =>
  columns([
    ["Name", "Type", "Offset", "Size", "Change"],
    ...diff.changes.flatMap((change) => rowOf(change, entries, source)),
  ]);

/** A partition as it is afterwards; an erased one as it was. */
function rowOf(
  change: Change,
  entries: readonly PartitionEntry[],
  source: readonly PartitionEntry[],
): string[][] {
  const { before = -1, after = -1 } = change;
  const entry = entries[after] ?? source[before];
  if (!entry) return [];
  const { name, offset, size } = entry;
  return [[calledName(name), kindText(entry, []), hex(offset), sizeText(size), changeWord(change)]];
}
