import { analyse } from "../../analyse";
import { formatFlashSize } from "../../chip/flashSize";
import { type ChosenBinary, type Facts, noFacts } from "../../facts";
import { endOf, type PartitionEntry } from "../../table/entry";
import { printTable } from "../../table/print";
import { lostInCsv } from "../../table/readsBack";
import { hex } from "../../text/units";
import { diffTables } from "../diff";
import { entryRows } from "../entryRows";
import { otaSlotsOf, rolesOf, startableApps } from "../roles";
import { arrange, type ProposalKind, proposalKinds, slotFor } from "./arrange";
import { type Ground, groundOf } from "./ground";
import type { PossibleLayout, Proposal, ProposalInput } from "./proposal";
import { refusal, refusedOutright } from "./refusal";
import { type TargetTable, targetTable } from "./target";
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
  const start = startableApps(source.entries).find(({ name }) => name === runningSlot);
  if (!roles.ok) return refusedAll(roles.message);
  const fault = faultOf(input, start);
  if (fault !== undefined) return refusedAll(fault);
  const ground = groundOf(source, roles.value, flashSize, giveUp);
  const proposals: Proposal[] = [];
  for (const kind of proposalKinds) {
    const proposal = propose(kind, ground, input, start);
    proposals.push(proposal.isPossible ? { ...proposal, ...sameAs(proposal, proposals) } : proposal);
  }
  return proposals;
}

const refusedAll = (why: string): Proposal[] => proposalKinds.map((kind) => refusedOutright(kind, why));

/** What is wrong with what was said of the devices. */
function faultOf(
  { source, runningSlot, flashSize }: ProposalInput,
  start?: PartitionEntry,
): string | undefined {
  if (runningSlot !== undefined && !start)
    return `No app can run from '${runningSlot}', because the source table has no such app partition. Name one that it has.`;
  const beyond = source.entries.find((entry) => endOf(entry) > flashSize);
  return (
    beyond &&
    `'${beyond.name}' of the source table ends at ${hex(endOf(beyond))}, but ${formatFlashSize(flashSize)} of flash end at ${hex(flashSize)}: a device with both does not start. State the flash size in the header of its bootloader.`
  );
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
  return arrangement
    ? checked(kind, ground, targetTable(ground, arrangement), input, start)
    : refusal(kind, ground, input);
}

/** The rules have the last word: what they refuse is not proposed. */
function checked(
  kind: ProposalKind,
  ground: Ground,
  target: TargetTable,
  input: ProposalInput,
  start: PartitionEntry | undefined,
): Proposal {
  const facts = factsOf(input);
  const csv = printTable(target.entries);
  const fault = analyse(csv, facts).problems.find(({ severity }) => severity === "error");
  if (fault) return refusedOutright(kind, fault.message);
  const [unwritable] = lostInCsv(target.entries, facts);
  if (unwritable !== undefined) {
    const why = `The name '${unwritable}' cannot be written in a CSV, so there is no text of this table.`;
    return refusedOutright(kind, why);
  }
  return { kind, isPossible: true, ...target, csv, ...judged(ground, target, input, start) };
}

/** What a layout means for the devices. */
function judged(
  ground: Ground,
  { entries, receiver }: TargetTable,
  input: ProposalInput,
  start: PartitionEntry | undefined,
) {
  const { binarySize, margin = DEFAULT_MARGIN, source } = input;
  const later = selfUpdate(entries, binarySize);
  const diff = diffTables({
    before: entryRows(source.entries),
    after: entryRows(entries),
    options: factsOf(input),
    slot: entries.indexOf(receiver),
  });
  return {
    spareBytes: receiver.size - binarySize,
    hasMargin: receiver.size >= binarySize * (1 + margin),
    diff,
    canUpdateItself: later.isPossible,
    words: [
      diff.summary,
      marginWords(receiver, binarySize, margin),
      later.words,
      ...arrivalWords(source.entries, ground, start),
      ...slotCountWords(ground.slots.length, otaSlotsOf(entries).length),
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
