import type { TableRow } from "../../image/tableRows";
import { slotNumber } from "../../ota/slots";
import { APP, DATA, FACTORY, isOtaSlot, TEST } from "../../table/subtypes";

/** Lines of log as the second stage bootloader prints them; the times are those of a start that takes no time. */
export const info = (tag: string, text: string): string => `I (29) ${tag}: ${text}`;
export const error = (tag: string, text: string): string => `E (31) ${tag}: ${text}`;

export const greetingLine = (idfVersion: string): string =>
  info("boot", `ESP-IDF ${idfVersion} 2nd stage bootloader`);

/** As `bootloader_utility_load_partition_table` lists them. */
export const tableLines = (rows: readonly TableRow[]): readonly string[] => [
  info("boot", "Partition Table:"),
  info("boot", "## Label            Usage          Type ST Offset   Length"),
  ...rows.map((row, index) => info("boot", rowText(row, index))),
  info("boot", "End of partition table"),
];

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

const rowText = (row: TableRow, index: number): string =>
  [
    `${index}`.padStart(2),
    row.label.padEnd(16),
    usage(row).padEnd(16),
    hex(row.type, 2),
    hex(row.subtype, 2),
    hex(row.offset, 8),
    hex(row.size, 8),
  ].join(" ");

const DATA_USAGE: Readonly<Record<number, string>> = {
  0: "OTA data",
  1: "RF data",
  2: "WiFi data",
  4: "NVS keys",
  5: "efuse",
};

function usage({ type, subtype }: TableRow): string {
  if (type === DATA) return DATA_USAGE[subtype] ?? "Unknown data";
  if (type !== APP) return "unknown";
  if (isOtaSlot(type, subtype)) return "OTA app";
  return { [FACTORY]: "factory app", [TEST]: "test app" }[subtype] ?? "Unknown app";
}

/** As `log_invalid_app_partition` says it. */
export const notBootable = (row: Pick<TableRow, "type" | "subtype">): string => {
  if (isOtaSlot(row.type, row.subtype)) return `OTA app partition slot ${slotNumber(row)} is not bootable`;
  return `${row.subtype === FACTORY ? "Factory" : "Test"} app partition is not bootable`;
};
