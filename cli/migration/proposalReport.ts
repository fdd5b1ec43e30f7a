import type { Change } from "../../core/migrate/diff";
import { proposalTitles } from "../../core/migrate/report/words";
import type { PossibleLayout, Proposal } from "../../core/migrate/solve/proposal";
import { calledName, changeWord, kindText } from "../../core/picture/names";
import type { PartitionEntry } from "../../core/table/entry";
import { columns } from "../../core/text/columns";
import { hex, sizeText } from "../../core/text/units";
import { type Line, styled } from "../report/line";

/** Every layout as a table, with what is kept, lost and possible later; or why there is none, and what would help. */
export const proposalLines = (proposals: readonly Proposal[], source: readonly PartitionEntry[]): Line[] =>
  proposals.flatMap((proposal) => [
    "",
    [styled("strong", proposalTitles[proposal.kind]), styled("faint", ` (--layout ${proposal.kind})`)],
    ...linesOf(proposal, source),
  ]);

function linesOf(proposal: Proposal, source: readonly PartitionEntry[]): Line[] {
  if (!proposal.isPossible)
    return [`  Not possible. ${proposal.why}`, ...proposal.remedies.map((remedy) => `  - ${remedy}`)];
  if (proposal.sameAs !== undefined)
    return [`  It is the same table as '${proposalTitles[proposal.sameAs]}'.`];
  return [...tableLines(proposal, source), ...proposal.words.map((words) => `  - ${words}`)];
}

const tableLines = ({ entries, diff }: PossibleLayout, source: readonly PartitionEntry[]): string[] =>
  columns([
    ["Name", "Type", "Offset", "Size", "Change"],
    ...diff.changes.flatMap((change) => rowOf(change, entries, source)),
  ]).map((line) => `  ${line}`);

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
