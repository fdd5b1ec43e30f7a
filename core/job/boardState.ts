import type { ChipTarget } from "../chip/targets";
import { findMicroPython, type MicroPythonBuild } from "../image/micropython";
import { type BootIndex, bootChoice, bootOrder, bootTable } from "../ota/bootChoice";
import { blankEntry, decodeOtaEntry, OTA_ENTRY_OFFSETS, OTA_ENTRY_SIZE, type OtaData } from "../ota/otadata";
import type { PartitionEntry } from "../table/entry";
import { APP } from "../table/subtypes";
import type { PresentBoard } from "./board";
import { type BoardTable, searchTable, type TableSearch } from "./boardTable";
import { type FlashBytes, type FlashPiece, flashBytes } from "./flashBytes";
import { HEAD_SIZE, type ImageHead, readImageHead } from "./imageHead";
import { ADDRESS_SPACE, type FlashRange, rangeEnd } from "./range";

/** What to look for, and how deep. */
export interface StateQuestion {
  readonly chip: ChipTarget;
  /** Where the table is said to be; searched for where nobody said. */
  readonly tableOffset?: number | undefined;
  /** Bytes; nothing behind it is asked for, whatever a table claims. */
  readonly flashSize?: number | undefined;
  /** `heads` needs less than 5 KB; `micropython` also reads the constants of the app that runs, some 100 KB. */
  readonly depth: "heads" | "micropython";
}

/** What is on a board, as far as it was read. `unread` means that nobody has looked. */
export interface BoardState {
  readonly bootloader: ImageHead | { readonly kind: "unread" };
  readonly table: TableSearch;
  /** Undefined while unread; blank where the table has none. */
  readonly otadata: OtaData | undefined;
  /** Which app otadata selects; with rollback a bootloader may decide otherwise while an update is on trial. */
  readonly selected: BootIndex | undefined;
  /** Every app partition, in the order of the table. */
  readonly slots: readonly SlotState[];
  /** The app that the bootloader loads: the first one in its order that begins like an image. */
  readonly running: SlotState | undefined;
}

export interface SlotState {
  readonly entry: PartitionEntry;
  readonly head: ImageHead | { readonly kind: "unread" };
  /** Undefined where it is no MicroPython, or was not read so far. */
  readonly micropython: MicroPythonBuild | undefined;
}

export interface BoardReading {
  readonly state: BoardState;
  /** Read these and ask again with all pieces; empty once the question is answered. */
  readonly wants: readonly FlashRange[];
}

/**
 * What runs on a board, from the pieces of its flash that were read so far, and which pieces would tell more. Every
 * answer to `wants` makes progress, so asking again and again ends after a handful of rounds.
 */
export function readBoard(question: StateQuestion, pieces: readonly FlashPiece[]): BoardReading {
  const flash = flashBytes(pieces);
  const { chip, depth } = question;
  const table = searchTable(flash, chip.bootloaderOffset, question.tableOffset);
  const bootloader = headAt(flash, chip.bootloaderOffset);
  const apps = table.kind === "found" ? stateOfTable(flash, table.table, depth) : nothing;
  const ranges = [
    ...(bootloader.kind === "unread" ? [headRange(chip.bootloaderOffset)] : []),
    ...(table.kind === "unread" ? table.wants : []),
    ...apps.wants,
  ];
  const end = question.flashSize ?? ADDRESS_SPACE;
  return {
    state: { bootloader, table, ...apps.state },
    wants: ranges.filter((range) => rangeEnd(range) <= end),
  };
}

/** What preflight needs to know of a board. */
export function presentBoard({ bootloader, table, otadata }: BoardState): PresentBoard {
  return {
    table: table.kind === "found" ? table.table : undefined,
    otadata,
    bootloader:
      bootloader.kind === "blank"
        ? "none"
        : bootloader.kind === "image"
          ? { flashSize: bootloader.header.flashSize }
          : undefined,
  };
}

type AppsState = Pick<BoardState, "otadata" | "selected" | "slots" | "running">;
type AppsReading = { readonly state: AppsState; readonly wants: readonly FlashRange[] };

const nothing: AppsReading = {
  state: { otadata: undefined, selected: undefined, slots: [], running: undefined },
  wants: [],
};

function stateOfTable(
  flash: FlashBytes,
  { entries }: BoardTable,
  depth: StateQuestion["depth"],
): AppsReading {
  const table = bootTable(entries);
  const otadata = otadataOf(flash, table.otadata);
  const slots = entries.filter(({ type }) => type === APP).map((entry) => slotState(flash, entry));
  const selected = otadata && bootChoice(table, otadata, "plain").index;
  const order = selected === undefined ? [] : bootOrder(table, selected);
  const running = firstImage(order.flatMap((entry) => slots.find((slot) => slot.entry === entry) ?? []));
  return {
    state: { otadata, selected, slots, running },
    wants: [
      ...(otadata ? [] : entryRanges(table.otadata?.offset ?? 0)),
      ...slots.filter(({ head }) => head.kind === "unread").map(({ entry }) => headRange(entry.offset)),
      ...(depth === "micropython" ? unreadConstants(flash, running) : []),
    ],
  };
}

/** Nothing is said of which one runs while one that comes before it is unread. */
function firstImage(slots: readonly SlotState[]): SlotState | undefined {
  const first = slots.find(({ head }) => head.kind === "image" || head.kind === "unread");
  return first?.head.kind === "image" ? first : undefined;
}

function slotState(flash: FlashBytes, entry: PartitionEntry): SlotState {
  const head = headAt(flash, entry.offset);
  const range = constantsOf({ entry, head });
  const constants = range && flash.read(range);
  return { entry, head, micropython: constants && findMicroPython(constants) };
}

/** MicroPython says who it is in its constants; a length that reaches beyond the partition is a damaged one. */
function constantsOf({ entry, head }: Pick<SlotState, "entry" | "head">): FlashRange | undefined {
  if (head.kind !== "image" || head.constants.size === 0) return undefined;
  const { address, size } = head.constants;
  return address + size <= entry.offset + entry.size ? head.constants : undefined;
}

function unreadConstants(flash: FlashBytes, slot: SlotState | undefined): readonly FlashRange[] {
  const range = slot && constantsOf(slot);
  return range && !flash.read(range) ? [range] : [];
}

function otadataOf(flash: FlashBytes, row: PartitionEntry | undefined): OtaData | undefined {
  if (!row) return [blankEntry, blankEntry];
  const [first, second] = entryRanges(row.offset).map(flash.read);
  return first && second ? [decodeOtaEntry(first), decodeOtaEntry(second)] : undefined;
}

const entryRanges = (offset: number): FlashRange[] =>
  OTA_ENTRY_OFFSETS.map((at) => ({ address: offset + at, size: OTA_ENTRY_SIZE }));

const headRange = (address: number): FlashRange => ({ address, size: HEAD_SIZE });

function headAt(flash: FlashBytes, address: number): BoardState["bootloader"] {
  const bytes = flash.read(headRange(address));
  return bytes ? readImageHead(bytes, address) : { kind: "unread" };
}
