import { proposalTitles } from "../../core/migrate/report/words";
import type { Proposal } from "../../core/migrate/solve/proposal";
import { proposalText } from "../../core/migrate/solve/proposalText";
import type { PartitionEntry } from "../../core/table/entry";
import { type Line, styled } from "../report/line";

/** Every layout as a table, with what is kept, lost and possible later; or why there is none, and what would help. */
export const proposalLines = (proposals: readonly Proposal[], source: readonly PartitionEntry[]): Line[] =>
  proposals.flatMap((proposal) => [
    "",
    [styled("strong", proposalTitles[proposal.kind]), styled("faint", ` (--layout ${proposal.kind})`)],
    ...proposalText(proposal, source).map((line) => `  ${line}`),
  ]);
