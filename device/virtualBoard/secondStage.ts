import type { ChipTarget } from "../../core/chip/targets";
import { type AppImage, readApp } from "../../core/image/appImage";
import { readBootloader } from "../../core/image/bootloader";
import { u16 } from "../../core/image/bytes";
import type { ImageFault } from "../../core/image/header";
import { type EspImage, readImage } from "../../core/image/readImage";
import { readTableRows, type TableRow } from "../../core/image/tableRows";
import { bootChoice, bootOrder, bootTable } from "../../core/ota/bootChoice";
import { blankEntry, decodeOtadata, type OtaData } from "../../core/ota/otadata";
import { decodeTable } from "../../core/table/decode";
import { TABLE_LENGTH } from "../../core/table/options";
import { FACTORY, isOtaSlot, OTA_0 } from "../../core/table/subtypes";

/** What the second stage bootloader logs, and the app that it starts. */
export interface SecondStage {
  readonly lines: readonly string[];
  readonly app: AppImage | undefined;
}

/** `bootloader` is the image that the ROM has loaded: the version in it and the flash size of its header count. */
export const secondStage = (flash: Uint8Array, bootloader: EspImage, tableOffset: number): SecondStage => {
  const greeting = info("boot", `ESP-IDF ${idfVersion(flash, bootloader)} 2nd stage bootloader`);
  const rows = readTableRows(flash, tableOffset);
  const fault = tableFault(flash, tableOffset, rows, bootloader.flashSize);
  if (!rows || fault !== undefined) {
    const refusal = [fault ?? "", "Failed to verify partition table"].map((text, index) =>
      error(index === 0 ? "flash_parts" : "boot", text),
    );
    return { lines: [greeting, ...refusal, error("boot", "load partition table error!")], app: undefined };
  }
  const start = firstBootable(flash, rows, bootloader.chip);
  return { lines: [greeting, ...tableLines(rows), ...start.lines], app: start.app };
};

const idfVersion = (flash: Uint8Array, bootloader: EspImage): string =>
  readBootloader(flash, bootloader).version.idfVersion ?? "";

const info = (tag: string, text: string): string => `I (29) ${tag}: ${text}`;
const error = (tag: string, text: string): string => `E (31) ${tag}: ${text}`;
const hex8 = (value: number): string => value.toString(16).padStart(8, "0");
const hex2 = (value: number): string => value.toString(16).padStart(2, "0");

const tableLines = (rows: readonly TableRow[]): readonly string[] => [
  info("boot", "Partition Table:"),
  info("boot", "## Label            Usage          Type ST Offset   Length"),
  ...rows.map(({ label, type, subtype, offset, size }, index) =>
    info(
      "boot",
      `${`${index}`.padStart(2)} ${label.padEnd(16)} ${"".padEnd(16)} ${hex2(type)} ${hex2(subtype)} ${hex8(offset)} ${hex8(size)}`,
    ),
  ),
  info("boot", "End of partition table"),
];

/** The bootloader's own checks (`flash_partitions.c`), which are fewer than the partition tool's. */
const tableFault = (
  flash: Uint8Array,
  at: number,
  rows: readonly TableRow[] | undefined,
  flashSize: number,
): string | undefined => {
  const beyond = rows?.findIndex(({ offset, size }) => offset + size > flashSize) ?? -1;
  const row = rows?.[beyond];
  if (row)
    return `partition ${beyond} invalid - offset 0x${row.offset.toString(16)} size 0x${row.size.toString(16)} exceeds flash chip size 0x${flashSize.toString(16)}`;
  if (rows) return undefined;
  const table = decodeTable(flash.subarray(at, at + TABLE_LENGTH));
  if (table.ok) return "partition 0 invalid magic number 0xffff";
  if (table.reason === "md5") return "Incorrect MD5 checksum";
  if (table.reason === "no-end") return "partition table has no terminating entry, not valid";
  return `partition ${table.at / 32} invalid magic number 0x${u16(flash, at + table.at).toString(16)}`;
};

const firstBootable = (flash: Uint8Array, rows: readonly TableRow[], chip: ChipTarget): SecondStage => {
  const lines: string[] = [];
  for (const row of orderOf(rows, flash)) {
    const image = readImage(flash, row.offset);
    const refusal = image.ok ? misfit(image.value, row, chip) : faultText(image.reason, row.offset);
    if (image.ok && refusal === undefined) {
      lines.push(info("boot", `Loaded app from partition at offset 0x${row.offset.toString(16)}`));
      return { lines, app: readApp(flash, image.value, row.offset + row.size) };
    }
    lines.push(error("esp_image", refusal ?? ""), error("boot", `${appName(row)} is not bootable`));
  }
  lines.push(error("boot", "No bootable app partitions in the partition table"));
  return { lines, app: undefined };
};

/** The apps in the order in which a bootloader without rollback tries them. */
const orderOf = (rows: readonly TableRow[], flash: Uint8Array): readonly TableRow[] => {
  const table = bootTable(rows);
  return bootOrder(table, bootChoice(table, otadataAt(flash, table.otadata), "plain").index);
};

const otadataAt = (flash: Uint8Array, row: TableRow | undefined): OtaData => {
  const otadata = row && decodeOtadata(flash.subarray(row.offset));
  return otadata?.ok ? otadata.value : [blankEntry, blankEntry];
};

const misfit = (image: EspImage, row: TableRow, chip: ChipTarget): string | undefined => {
  if (image.chip !== chip)
    return `mismatch chip ID, expected ${chip.imageChipId}, found ${image.chip.imageChipId}`;
  return image.size > row.size
    ? `Image length ${image.size} doesn't fit in partition length ${row.size}`
    : undefined;
};

/** As `esp_image_format.c` says it. */
const faultText = (reason: ImageFault, offset: number): string => {
  if (reason === "no-magic")
    return `image at 0x${offset.toString(16)} has invalid magic byte (nothing flashed here?)`;
  if (reason === "sha256") return "Image hash failed - image is corrupt";
  return reason === "checksum" ? "Checksum failed." : `image at 0x${offset.toString(16)} is invalid`;
};

const appName = ({ type, subtype }: TableRow): string => {
  if (isOtaSlot(type, subtype)) return `OTA app partition slot ${subtype - OTA_0}`;
  return subtype === FACTORY ? "Factory app partition" : "Test app partition";
};
