import type { PartitionEntry } from "../../table/entry";
import { TABLE_SECTOR } from "../../table/options";
import { hex } from "../../text/units";
import type { Cast } from "./cast";
import type { Image, StateChange } from "./device";
import type { FlashEffect, MigrationStep, PlanInput } from "./plan";

/** A step as it is written down; what follows from the state of the device is added when the route is walked. */
export interface StepDraft
  extends Pick<MigrationStep, "id" | "title" | "published" | "precondition" | "does" | "network"> {
  readonly flash: readonly FlashEffect[];
  readonly change?: Omit<StateChange, "erases"> | undefined;
  /** What happens after a power loss, behind the sentence that names the app that starts. */
  readonly again: string;
  /** Instead of that sentence: the device does not start any app. */
  readonly hazard?: string | undefined;
  /** More than one erase of a sector, where a step may try again. */
  readonly attempts?: number | undefined;
}

/** What the drafts of a route are written from. */
export interface Scene {
  readonly input: PlanInput;
  readonly cast: Cast;
  /** In the source table: from where the devices run today, and where their next update arrives. */
  readonly start: PartitionEntry;
  readonly arrival: PartitionEntry;
}

export const erase = (
  { offset, size }: Pick<PartitionEntry, "offset" | "size">,
  what: string,
): FlashEffect => ({
  kind: "erase",
  offset,
  size,
  what,
});

export const write = (offset: number, size: number, what: string): FlashEffect => ({
  kind: "write",
  offset,
  size,
  what,
});

/** An update erases the whole slot, because it does not know the size beforehand (`esp_ota_begin`). */
export const installing = (slot: PartitionEntry, size: number, what: string): readonly FlashEffect[] => [
  erase(slot, `'${slot.name}', all of it`),
  write(slot.offset, size, what),
];

/** otadata has two sectors, of which one is written anew: the other one counts until it is whole. */
export const choosing = (otadata: PartitionEntry): readonly FlashEffect[] =>
  sectorOf(otadata, `the older entry of '${otadata.name}', in one of its two sectors`);

/** The state of an entry is changed in its place: while its sector is blank the other one counts. */
export const rewriting = (otadata: PartitionEntry): readonly FlashEffect[] =>
  sectorOf(otadata, `the entry of '${otadata.name}' that counts, in one of its two sectors`);

/** Which of the sectors it is depends on the device; the first one stands for both. */
const sectorOf = ({ offset }: PartitionEntry, what: string): readonly FlashEffect[] => [
  erase({ offset, size: SECTOR }, what),
  write(offset, ENTRY, what),
];

const SECTOR = 0x1000;
const ENTRY = 32;

export const imageIn = (slot: PartitionEntry, kind: Image["kind"], size = slot.size): Image => ({
  kind,
  offset: slot.offset,
  size,
});

/** The sector of the table. */
export const tableSector = ({ input: { source } }: Scene) => ({
  offset: source.tableOffset,
  size: TABLE_SECTOR,
});

export const placeOf = ({ name, offset }: PartitionEntry): string => `'${name}' at ${hex(offset)}`;
