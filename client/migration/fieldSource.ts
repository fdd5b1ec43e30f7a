import { analyse } from "../../core/analyse";
import type { ChipTarget } from "../../core/chip/targets";
import { deviceBootloader } from "../../core/compat/bootloaderVersion";
import { type Facts, noFacts } from "../../core/facts";
import type { ImageReport } from "../../core/image/inspect";
import { failure, type Result, success } from "../../core/result";
import { type DecodedTable, decodeTable } from "../../core/table/decode";
import type { PartitionEntry } from "../../core/table/entry";
import { findTables } from "../../core/table/locate";
import { printTable } from "../../core/table/print";
import { computedPlaces, lostInCsv } from "../../core/table/readsBack";
import { wholeEntries } from "../../core/table/whole";

/** The devices as they are today, as far as the file or the board tells it. */
export interface FieldSource {
  readonly entries: readonly PartitionEntry[];
  readonly csv: string;
  readonly tableOffset: number | undefined;
  readonly chip: ChipTarget | undefined;
  /** Bytes: in the header of the bootloader, which counts. */
  readonly flashSize: number | undefined;
  readonly bootloader: { readonly idf: string | undefined } | undefined;
}

type Read = Result<FieldSource, "unusable">;

const refused = (message: string) => failure("unusable", 0, message);

/** A CSV, with what its folder tells of the device. Without MicroPython, which never goes into this table. */
export function sourceInCsv(name: string, csv: string, around: Facts): Read {
  const facts = { ...around, micropython: undefined, source: undefined };
  const analysis = analyse(csv, facts);
  const error = analysis.problems.find(({ severity }) => severity === "error");
  const entries = wholeEntries(analysis);
  if (error || !entries || entries.length === 0)
    return refused(`${name} cannot be used as the table of the devices. ${error?.message ?? "It is empty."}`);
  const { tableOffset, chip, flashSize } = around;
  return success({ entries, csv, tableOffset, chip, flashSize, bootloader: undefined });
}

/** A table binary or a dump of a flash; one of several tables is chosen by its place in the file. */
export function sourceInBinary(
  name: string,
  bytes: Uint8Array,
  report: ImageReport,
  at: number | undefined,
): Read {
  const [first, ...others] = findTables(bytes).filter((table) => at === undefined || table.at === at);
  if (!first) {
    const table = decodeTable(bytes);
    return refused(`${name} holds no partition table that can be used. ${table.ok ? "" : table.message}`);
  }
  if (others.length > 0) return refused(`${name} holds several partition tables. Choose one of them.`);
  const bootloader = deviceBootloader(report);
  return sourceOfTable(name, first.table, {
    tableOffset: report.kind === "flash-dump" ? first.at : undefined,
    chip: bootloader?.image.chip,
    flashSize: bootloader?.image.flashSize,
    bootloader: bootloader && { idf: bootloader.version.idfVersion },
  });
}

/** A table that was read, with what else is known of the device. */
export function sourceOfTable(
  name: string,
  { entries }: Pick<DecodedTable, "entries">,
  device: Omit<FieldSource, "entries" | "csv">,
): Read {
  const [lost] = lostInCsv(entries, { ...noFacts, ...computedPlaces(entries) });
  return lost === undefined
    ? success({ entries, csv: printTable(entries), ...device })
    : refused(`${name} cannot be used: a CSV has no way to write its partition '${lost}'.`);
}
