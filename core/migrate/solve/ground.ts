import { isFilesystem } from "../../ota/micropythonFilesystem";
import { endOf, type PartitionEntry } from "../../table/entry";
import { firstFreeOffset } from "../../table/options";
import { COREDUMP, DATA, isOtaSlot, isPrimary, NVS, OTADATA } from "../../table/subtypes";
import type { Roles } from "../roles";

/** The table that the devices have, and where it lies. Offsets and sizes in bytes. */
export interface SourceTable {
  readonly entries: readonly PartitionEntry[];
  readonly tableOffset: number;
}

/** What a layout has to go round: everything that stays, and the two slots. */
export interface Ground extends Roles {
  /** Stays where it is, as it is. */
  readonly kept: readonly PartitionEntry[];
  /** The first offset behind the table. */
  readonly from: number;
  /** The end of flash, in bytes. */
  readonly to: number;
}

/**
 * Everything stays, except the update slots (which are placed anew), what holds files or core dumps behind the slot that
 * runs, and what the user gives up by name.
 */
export function groundOf(
  { entries, tableOffset }: SourceTable,
  roles: Roles,
  flashSize: number,
  giveUp: readonly string[],
): Ground {
  const mayGo = (entry: PartitionEntry): boolean =>
    isOtaSlot(entry.type, entry.subtype) ||
    (entry.offset >= endOf(roles.runner) && isExpendable(entry)) ||
    (entry !== roles.otadata && giveUp.includes(entry.name));
  const kept = entries.filter((entry) => entry !== roles.runner && !mayGo(entry));
  return { ...roles, kept, from: firstFreeOffset({ tableOffset }), to: flashSize };
}

/** Its contents belong to the firmware that goes, and MicroPython does not read them. */
const isExpendable = (entry: PartitionEntry): boolean =>
  isFilesystem(entry) || (entry.type === DATA && entry.subtype === COREDUMP);

const PHY = 0x01;
const NVS_KEYS = 0x04;

/** What stays only because nobody said what it is for: the user may know that it can go. */
export const ofUnknownUse = ({ kept, otadata, runner }: Ground): PartitionEntry[] =>
  kept.filter(
    ({ type, subtype, offset, size }) =>
      offset >= endOf(runner) &&
      offset !== otadata.offset &&
      size > 0 &&
      !isPrimary(type, subtype) &&
      !(type === DATA && [OTADATA, PHY, NVS, NVS_KEYS].includes(subtype)),
  );
