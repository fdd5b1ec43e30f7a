import { chipTargets } from "../chip/targets";
import { type Failure, failure, type Result, success } from "../result";
import { hex } from "../text/units";
import { type AppImage, isApp, readApp } from "./appImage";
import { type BootloaderImage, readBootloader } from "./bootloader";
import { isFilledWith } from "./bytes";
import { type ImageFault, MAGIC, readHeader } from "./header";
import { readImage } from "./readImage";
import { readTableRows, type TableRow } from "./tableRows";

/**
 * Bootloader, partition table and apps in one file, at the distances they have in flash: what MicroPython publishes
 * for the first flashing, what `esptool merge-bin` makes, and what is read back from a device.
 */
export interface CombinedImage {
  /** Flash address of the file's first byte: 0, or where the chip's bootloader begins. */
  readonly flashOffset: number;
  readonly bootloader: BootloaderImage;
  /** Flash address of the partition table. */
  readonly tableOffset: number;
  readonly rows: readonly TableRow[];
  /** Every app row, in the order in which a device with blank otadata tries them. */
  readonly slots: readonly AppSlot[];
  /** The first app in that order. */
  readonly app: AppImage;
}

export interface AppSlot {
  readonly row: TableRow;
  readonly content:
    | { readonly kind: "blank" }
    | { readonly kind: "app"; readonly app: AppImage }
    | { readonly kind: "damaged"; readonly failure: Failure<CombinedFault> };
}

export type CombinedFault = ImageFault | "no-app" | "several-apps" | "overlap" | "not-combined";

const SECTOR = 0x1000;
/** `CONFIG_PARTITION_TABLE_OFFSET` is 0x8000 unless a large bootloader pushed it up; nobody has pushed it beyond this. */
const LAST_TABLE_OFFSET = 0x40000;
const APP = 0x00;
const DATA = 0x01;
const OTADATA = 0x00;
const OTADATA_SIZE = 0x2000;
const OVERLAP =
  "The app rows of the partition table in this file overlap, so it cannot be told which bytes belong to which app.";
const NOT_COMBINED =
  "The file holds no bootloader with a partition table behind it, so there is no app to extract from it.";

/** Undefined when the file is not of this shape; a failure when it is, but something in it is missing or damaged. */
export const readCombined = (bytes: Uint8Array): Result<CombinedImage, CombinedFault> | undefined => {
  const layout = findLayout(bytes);
  if (!layout) return undefined;
  const { start, flashOffset, tableOffset, rows } = layout;
  const image = readImage(bytes, start);
  if (!image.ok) return image;
  // An app may carry a table among its data, as a repartitioner does: then the file is that app.
  if (isApp(image.value) || flashOffset + start + image.value.size > tableOffset) return undefined;
  const appRows = bootOrder(rows);
  if (overlap(bytes, appRows, flashOffset)) return failure("overlap", tableOffset - flashOffset, OVERLAP);
  const slots = appRows.map((row) => readSlot(bytes, row, row.offset - flashOffset));
  const app = firstApp(bytes, slots);
  if (!app.ok) return app;
  const bootloader = readBootloader(bytes, image.value);
  return success({ flashOffset, bootloader, tableOffset, rows, slots, app: app.value });
};

/** The app's own bytes, with its Secure Boot signature where it has one: a device that checks it needs it, others ignore it. */
export const extractApp = (bytes: Uint8Array): Result<Uint8Array, CombinedFault> => {
  const combined = readCombined(bytes) ?? failure("not-combined", 0, NOT_COMBINED);
  if (!combined.ok) return combined;
  const { app, slots, rows, flashOffset } = combined.value;
  const apps = slots.filter((slot) => slot.content.kind !== "blank");
  if (apps.length > 1 && hasOtaData(bytes, rows, flashOffset)) return severalApps(apps);
  return success(bytes.slice(app.image.offset, app.trailing.signedEnd));
};

interface Layout {
  /** Of the bootloader, in bytes from the start of the file. */
  readonly start: number;
  readonly flashOffset: number;
  readonly tableOffset: number;
  readonly rows: readonly TableRow[];
}

/** The ROM loads the bootloader from one address per chip: in a dump from flash address 0 it stands there. */
const BOOTLOADER_OFFSETS = new Set(chipTargets.map((chip) => chip.bootloaderOffset));

/** Looks only at headers and at the sectors where a table can be, before anything is verified. */
const findLayout = (bytes: Uint8Array): Layout | undefined => {
  const starts = bytes[0] === MAGIC ? [0] : BOOTLOADER_OFFSETS;
  for (const start of starts) {
    const header = readHeader(bytes, start);
    if (!header.ok) continue;
    const { bootloaderOffset } = header.value.chip;
    if (start !== 0 && start !== bootloaderOffset) continue;
    const table = findTable(bytes, bootloaderOffset, bootloaderOffset - start);
    if (table) return { start, flashOffset: bootloaderOffset - start, ...table };
  }
  return undefined;
};

const findTable = (bytes: Uint8Array, bootloaderOffset: number, flashOffset: number) => {
  for (let tableOffset = bootloaderOffset + SECTOR; tableOffset <= LAST_TABLE_OFFSET; tableOffset += SECTOR) {
    const rows = readTableRows(bytes, tableOffset - flashOffset);
    if (rows?.some((row) => row.type === APP)) return { tableOffset, rows };
  }
  return undefined;
};

/** factory 0x00, ota_0… 0x10…, test 0x20: the numbers are in the bootloader's order already. */
const bootOrder = (rows: readonly TableRow[]): readonly TableRow[] =>
  rows.filter((row) => row.type === APP).toSorted((left, right) => left.subtype - right.subtype);

/** Rows that share no byte cannot cover more than the file: a table that claims more is refused before it costs time. */
const overlap = (bytes: Uint8Array, rows: readonly TableRow[], flashOffset: number): boolean =>
  rows.reduce((sum, row) => sum + slotBytes(bytes, row, row.offset - flashOffset).length, 0) > bytes.length;

const slotBytes = (bytes: Uint8Array, row: TableRow, start: number): Uint8Array =>
  start < 0 ? bytes.subarray(0, 0) : bytes.subarray(start, start + row.size);

/** The bootloader refuses an image that does not end within its partition, so what lies behind is not read. */
const readSlot = (bytes: Uint8Array, row: TableRow, start: number): AppSlot => {
  const slot = slotBytes(bytes, row, start);
  if (isBlank(slot.subarray(0, SECTOR))) return { row, content: { kind: "blank" } };
  const end = start + slot.length;
  const image = readImage(bytes.subarray(0, end), start);
  if (!image.ok) return { row, content: { kind: "damaged", failure: image } };
  if (!isApp(image.value)) return { row, content: { kind: "damaged", failure: notAnApp(row, start) } };
  return { row, content: { kind: "app", app: readApp(bytes, image.value, end) } };
};

const notAnApp = ({ label }: TableRow, start: number): Failure<CombinedFault> =>
  failure(
    "no-app",
    start,
    `The app slot "${label}" holds an image that is no app: a bootloader, or an app for another chip.`,
  );

const isBlank = (bytes: Uint8Array): boolean => isFilledWith(bytes, 0xff) || isFilledWith(bytes, 0);

const firstApp = (bytes: Uint8Array, slots: readonly AppSlot[]): Result<AppImage, CombinedFault> => {
  const first = slots.find((slot) => slot.content.kind !== "blank");
  if (first?.content.kind === "app") return success(first.content.app);
  if (first?.content.kind === "damaged") return first.content.failure;
  const places = slots.map(({ row }) => `"${row.label}" at ${hex(row.offset)}`).join(", ");
  return failure(
    "no-app",
    bytes.length,
    `The file holds a bootloader and a partition table, but no app in ${places}. It ends too early or was never complete.`,
  );
};

const hasOtaData = (bytes: Uint8Array, rows: readonly TableRow[], flashOffset: number): boolean => {
  const row = rows.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
  if (!row || row.offset < flashOffset) return false;
  const start = row.offset - flashOffset;
  return !isFilledWith(bytes.subarray(start, start + OTADATA_SIZE), 0xff);
};

const severalApps = (slots: readonly AppSlot[]): Failure<CombinedFault> => {
  const labels = slots.map(({ row }) => `"${row.label}"`).join(" and ");
  return failure(
    "several-apps",
    0,
    `The file holds apps in ${labels}, and its otadata decides which one runs. Take the app from the build or the download instead.`,
  );
};
