import type { ChipTarget } from "../../chip/targets";
import type { ChosenBinary } from "../../facts";
import type { PartitionEntry } from "../../table/entry";
import type { TableDiff } from "../diff";
import type { ProposalKind } from "./arrange";
import type { SourceTable } from "./ground";

/** The devices, and the binary that they shall run. Sizes in bytes. */
export interface ProposalInput {
  readonly source: SourceTable;
  /** Name of the app partition from which the devices run today; unknown: any. */
  readonly runningSlot?: string | undefined;
  /** In the header of the bootloader of the devices. */
  readonly flashSize: number;
  readonly chip?: ChipTarget | undefined;
  /** Bytes of the app image of MicroPython. */
  readonly binarySize: number;
  /** What the slot shall leave for later releases, as a share of the binary. */
  readonly margin?: number | undefined;
  /** What else is known of the binary, for the rules that differ between releases. */
  readonly micropython?: ChosenBinary | undefined;
  /** Names of partitions that may go although nobody knows what they are for. */
  readonly giveUp?: readonly string[] | undefined;
}

/** A layout for MicroPython, or why there is none of its kind. Offsets and sizes in bytes. */
export type Proposal = PossibleLayout | ImpossibleLayout;

export interface PossibleLayout {
  readonly kind: ProposalKind;
  readonly isPossible: true;
  /** The earlier proposal that is the same table. */
  readonly sameAs?: ProposalKind | undefined;
  /** In the order of their offsets. */
  readonly entries: readonly PartitionEntry[];
  readonly csv: string;
  /** From here the repartitioner changes the table; at the same offset as in the source table. */
  readonly runner: PartitionEntry;
  /** The slot that receives MicroPython. */
  readonly receiver: PartitionEntry;
  readonly vfs: PartitionEntry;
  /** What the slot has beyond the binary. */
  readonly spareBytes: number;
  /** Whether that is as much as was asked for. */
  readonly hasMargin: boolean;
  /** What becomes of each partition of the source table. */
  readonly diff: TableDiff;
  readonly canUpdateItself: boolean;
  /** What is kept and lost, what is possible later and why, in whole sentences. */
  readonly words: readonly string[];
}

export interface ImpossibleLayout {
  readonly kind: ProposalKind;
  readonly isPossible: false;
  /** A sentence. */
  readonly why: string;
  /** How many bytes smaller the binary would have to be; undefined where no binary would fit. */
  readonly missingBytes?: number | undefined;
  /** What would help, in whole sentences, the least effort first. */
  readonly remedies: readonly string[];
}
