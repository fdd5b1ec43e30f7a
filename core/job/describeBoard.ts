import { bootTable } from "../ota/bootChoice";
import { type OtaData, type OtaEntry, OtaState, seqCrc } from "../ota/otadata";
import { flagsText } from "../table/print";
import { subtypeName, typeName } from "../table/subtypes";
import type { BoardIdentity, Protection } from "./board";
import type { BoardState, SlotState } from "./boardState";
import type { TableSearch } from "./boardTable";

/** A board and what is on it as plain data, for JSON and for messages between processes. Sizes and offsets in bytes. */
export interface BoardDescription {
  /** Chip id, `esp32`. */
  readonly chip: string;
  /** major * 100 + minor; null where it could not be read, as everywhere. */
  readonly revision: number | null;
  readonly mac: string;
  readonly flashSize: number | null;
  readonly flashId: number | null;
  readonly security: { readonly flashEncryption: Protection; readonly secureBoot: Protection };
  readonly bootloader: BootloaderDescription;
  readonly table: TableDescription;
  readonly otadata: OtadataDescription | null;
  readonly apps: readonly AppDescription[];
  /** The partition from which the bootloader starts an app; null where there is none. */
  readonly runs: string | null;
}

export interface BootloaderDescription {
  readonly kind: "blank" | "other" | "image" | "unread";
  /** Bootloaders tell it since ESP-IDF v5.2. */
  readonly idfVersion: string | null;
  /** What the bootloader believes, which decides which tables it takes. */
  readonly flashSize: number | null;
}

export interface TableDescription {
  readonly kind: TableSearch["kind"];
  readonly tableOffset: number | null;
  readonly fingerprint: string | null;
  readonly md5Row: boolean | null;
  /** Why it is damaged. */
  readonly message: string | null;
  readonly partitions: readonly PartitionDescription[];
}

export interface PartitionDescription {
  readonly name: string;
  readonly type: string;
  readonly subtype: string;
  readonly offset: number;
  readonly size: number;
  readonly flags: string;
}

export interface OtadataDescription {
  /** Whether the table has a place for it; without one the bootloader does as with a blank one. */
  readonly isInTable: boolean;
  /** The partition that it makes the bootloader try first; null where no partition is there. */
  readonly selects: string | null;
  readonly entries: readonly {
    readonly sequence: number;
    readonly state: string;
    readonly isValid: boolean;
  }[];
}

export interface AppDescription {
  readonly partition: string;
  readonly kind: "blank" | "other" | "image" | "unread";
  readonly chip: string | null;
  readonly project: string | null;
  readonly version: string | null;
  readonly idfVersion: string | null;
  /** `v1.23.0`; null where it is none or where nobody has looked so deep. */
  readonly micropython: string | null;
}

/** Everything that is known of a board, as data that survives JSON. */
export const describeBoard = (identity: BoardIdentity, state: BoardState): BoardDescription => ({
  chip: identity.chip.id,
  revision: identity.revision ?? null,
  mac: identity.mac,
  flashSize: identity.flashSize ?? null,
  flashId: identity.flashId ?? null,
  security: { ...identity.security },
  bootloader: bootloaderOf(state),
  table: tableOf(state.table),
  otadata: state.otadata ? otadataOf(state.otadata, state) : null,
  apps: state.slots.map(appOf),
  runs: state.running?.entry.name ?? null,
});

function bootloaderOf({ bootloader }: BoardState): BootloaderDescription {
  const image = bootloader.kind === "image" ? bootloader : undefined;
  return {
    kind: bootloader.kind,
    idfVersion: image?.bootloader?.idfVersion ?? null,
    flashSize: image?.header.flashSize ?? null,
  };
}

function tableOf(search: TableSearch): TableDescription {
  const table = search.kind === "found" ? search.table : undefined;
  const damaged = search.kind === "damaged" ? search : undefined;
  return {
    kind: search.kind,
    tableOffset: (table ?? damaged)?.tableOffset ?? null,
    fingerprint: table?.fingerprint ?? null,
    md5Row: table?.md5Row ?? null,
    message: damaged?.message ?? null,
    partitions: (table?.entries ?? []).map((entry) => ({
      name: entry.name,
      type: typeName(entry.type),
      subtype: subtypeName(entry.type, entry.subtype),
      offset: entry.offset,
      size: entry.size,
      flags: flagsText(entry),
    })),
  };
}

const otadataOf = (otadata: OtaData, state: BoardState): OtadataDescription => ({
  isInTable: state.table.kind === "found" && bootTable(state.table.table.entries).otadata !== undefined,
  selects: selectedName(state) ?? null,
  entries: otadata.map((entry) => ({
    sequence: entry.seq,
    state: stateText(entry),
    isValid: entry.crc === seqCrc(entry.seq),
  })),
});

/** The partition that otadata makes the bootloader try first. */
function selectedName({ table, selected }: BoardState): string | undefined {
  if (table.kind !== "found" || selected === undefined) return undefined;
  const { factory, slots } = bootTable(table.table.entries);
  return (selected === "factory" ? factory : slots[selected])?.name;
}

const stateText = ({ state }: OtaEntry): string =>
  Object.entries(OtaState).find(([, value]) => value === state)?.[0] ?? String(state);

function appOf({ entry, head, micropython }: SlotState): AppDescription {
  const image = head.kind === "image" ? head : undefined;
  return {
    partition: entry.name,
    kind: head.kind,
    chip: image?.header.chip.id ?? null,
    project: image?.descriptor?.projectName || null,
    version: image?.descriptor?.version || null,
    idfVersion: image?.descriptor?.idfVersion || null,
    micropython: micropython?.version ?? null,
  };
}
