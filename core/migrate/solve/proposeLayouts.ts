import { analyse } from "../../analyse";
import { type ChosenBinary, type Facts, noFacts } from "../../facts";
import type { PartitionEntry } from "../../table/entry";
import { printTable } from "../../table/print";
import { lostInCsv } from "../../table/readsBack";
import { diffTables } from "../diff";
import { entryRows } from "../entryRows";
import { rolesOf, startableApps } from "../roles";
import { type Arrangement, arrange, type ProposalKind, proposalKinds, slotFor } from "./arrange";
import { type Ground, groundOf } from "./ground";
import type { PossibleLayout, Proposal, ProposalInput } from "./proposal";
import { refusal, refusedOutright } from "./refusal";
import { targetEntries } from "./target";
import { arrivalWords, marginWords, selfUpdate, slotCountWords } from "./words";

/**
 * A twentieth of the binary. The published procedure chose 0x180000 for 1,464,336 bytes, which is 7.4 % more: a tenth
 * would not give its figure.
 */
export const DEFAULT_MARGIN = 0.05;

/**
 * The layouts of all three kinds, possible or not, always in the same order. Every possible one keeps the offset of the
 * slot that runs, moves nothing that it says it keeps, and passes all rules.
 */
export function proposeLayouts(input: ProposalInput): readonly Proposal[] {
  const { source, runningSlot, flashSize, giveUp = [] } = input;
  const roles = rolesOf(source.entries);
  if (!roles.ok) return proposalKinds.map((kind) => refusedOutright(kind, roles.message));
  const start = startableApps(source.entries).find(({ name }) => name === runningSlot);
  if (runningSlot !== undefined && !start) {
    const why = `No app can run from '${runningSlot}', because the source table has no such app partition. Name one that it has.`;
    return proposalKinds.map((kind) => refusedOutright(kind, why));
  }
  const ground = groundOf(source, roles.value, flashSize, giveUp);
  const proposals: Proposal[] = [];
  for (const kind of proposalKinds) {
    const proposal = propose(kind, ground, input, start);
    proposals.push(proposal.isPossible ? { ...proposal, ...sameAs(proposal, proposals) } : proposal);
  }
  return proposals;
}

/** With the margin where there is room for it, otherwise without. */
function propose(
  kind: ProposalKind,
  ground: Ground,
  input: ProposalInput,
  start: PartitionEntry | undefined,
): Proposal {
  const { binarySize, margin = DEFAULT_MARGIN } = input;
  const arrangement =
    arrange(kind, ground, slotFor(Math.ceil(binarySize * (1 + margin)))) ??
    arrange(kind, ground, slotFor(binarySize));
  return arrangement ? checked(kind, ground, arrangement, input, start) : refusal(kind, ground, input);
}

/** The rules have the last word: what they refuse is not proposed. */
function checked(
  kind: ProposalKind,
  ground: Ground,
  arrangement: Arrangement,
  input: ProposalInput,
  start: PartitionEntry | undefined,
): Proposal {
  const entries = targetEntries(ground, arrangement);
  const csv = printTable(entries);
  const fault = analyse(csv, factsOf(input)).problems.find(({ severity }) => severity === "error");
  if (fault) return refusedOutright(kind, fault.message);
  const [unwritable] = lostInCsv(entries, factsOf(input));
  if (unwritable !== undefined)
    return refusedOutright(
      kind,
      `The name '${unwritable}' cannot be written in a CSV, so there is no text of this table.`,
    );
  return possible(kind, ground, entries, csv, input, start);
}

function possible(
  kind: ProposalKind,
  ground: Ground,
  entries: readonly PartitionEntry[],
  csv: string,
  input: ProposalInput,
  start: PartitionEntry | undefined,
): Proposal {
  const { binarySize, margin = DEFAULT_MARGIN, source } = input;
  const roles = rolesOf(entries);
  const vfs = entries.find(({ name }) => name === "vfs");
  const runner = entries.find(({ offset }) => offset === ground.runner.offset);
  if (!roles.ok || !vfs || !runner)
    return refusedOutright(kind, roles.ok ? "The layout has no filesystem." : roles.message);
  const { receiver, slots } = roles.value;
  const later = selfUpdate(entries, binarySize);
  const diff = diffTables({
    before: entryRows(source.entries),
    after: entryRows(entries),
    options: factsOf(input),
    slot: entries.indexOf(receiver),
  });
  return {
    kind,
    isPossible: true,
    entries,
    csv,
    runner,
    receiver,
    vfs,
    spareBytes: receiver.size - binarySize,
    hasMargin: receiver.size >= binarySize * (1 + margin),
    diff,
    canUpdateItself: later.isPossible,
    words: [
      diff.summary,
      marginWords(receiver, binarySize, margin),
      later.words,
      ...arrivalWords(source.entries, ground, start),
      ...slotCountWords(ground.slots.length, slots.length),
    ],
  };
}

const sameAs = ({ csv }: PossibleLayout, earlier: readonly Proposal[]): Pick<PossibleLayout, "sameAs"> => {
  const same = earlier.find((other) => other.isPossible && other.csv === csv);
  return same ? { sameAs: same.kind } : {};
};

/** What the rules may look at, so that they judge the layout as if it were the user's own. */
export function factsOf({ source, flashSize, chip, binarySize, micropython }: ProposalInput): Facts {
  const binary: ChosenBinary = micropython ?? {
    name: "micropython.bin",
    kind: "app",
    fault: "",
    appSize: binarySize,
    title: "",
  };
  return {
    ...noFacts,
    tableOffset: source.tableOffset,
    flashSize,
    chip,
    primaryBootloaderOffset: chip?.bootloaderOffset,
    micropython: { ...binary, appSize: binarySize },
  };
}
