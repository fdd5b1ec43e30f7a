import { printTable } from "../../table/print";
import type { Proposal } from "../solve/proposal";
import { type Block, heading, items, paragraph } from "./blocks";
import type { MigrationReport } from "./report";
import { proposalTitles } from "./words";

/** The layouts that could be chosen from, and which of them the target table is. */
export const proposalBlocks = ({ proposals, target }: MigrationReport): Block[] =>
  proposals.length === 0
    ? []
    : [
        heading(2, "Layouts that were proposed"),
        ...proposals.flatMap((proposal) => blocksOf(proposal, printTable(target))),
      ];

function blocksOf(proposal: Proposal, chosen: string): Block[] {
  const title = heading(3, proposalTitles[proposal.kind]);
  if (!proposal.isPossible)
    return [title, paragraph(`Not possible. ${proposal.why}`), ...items(proposal.remedies)];
  const words = [
    ...(proposal.sameAs ? [`It is the same table as '${proposalTitles[proposal.sameAs]}'.`] : []),
    ...(printTable(proposal.entries) === chosen ? ["This is the target table."] : []),
  ];
  return [title, ...items([...words, ...proposal.words])];
}
