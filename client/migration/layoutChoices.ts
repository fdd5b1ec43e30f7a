import { proposalTitles } from "../../core/migrate/report/words";
import type { PossibleLayout, Proposal } from "../../core/migrate/solve/proposal";
import { proposalText } from "../../core/migrate/solve/proposalText";
import type { PartitionEntry } from "../../core/table/entry";
import { sizeText } from "../../core/text/units";

/** A layout as a row of a list. One that cannot be chosen says why. */
export interface LayoutChoice {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly value?: PossibleLayout;
  readonly fault?: string;
}

export const layoutChoices = (proposals: readonly Proposal[]): LayoutChoice[] => proposals.map(choiceOf);

function choiceOf(proposal: Proposal): LayoutChoice {
  const label = proposalTitles[proposal.kind];
  if (!proposal.isPossible) {
    const why = [proposal.why, ...proposal.remedies].join(" ");
    return { label, description: "not possible", detail: why, fault: `${label} is not possible. ${why}` };
  }
  const { receiver, vfs, sameAs, words, canUpdateItself } = proposal;
  const later = canUpdateItself ? "can be updated over the air later" : "no update over the air later";
  const sizes = `${receiver.name} ${sizeText(receiver.size)}, ${vfs.name} ${sizeText(vfs.size)}`;
  const description =
    sameAs === undefined ? `${sizes} · ${later}` : `the same table as '${proposalTitles[sameAs]}'`;
  return { label, description, detail: words.join(" "), value: proposal };
}

/** All layouts side by side, to be read before one is chosen. */
export const layoutsText = (proposals: readonly Proposal[], source: readonly PartitionEntry[]): string =>
  proposals
    .map((proposal) => {
      const title = proposalTitles[proposal.kind];
      return `${title}\n${"-".repeat(title.length)}\n${proposalText(proposal, source).join("\n")}\n`;
    })
    .join("\n");
