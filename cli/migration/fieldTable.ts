import { analyse } from "../../core/analyse";
import type { ChipTarget } from "../../core/chip/targets";
import { deviceBootloader } from "../../core/compat/bootloaderVersion";
import { noFacts } from "../../core/facts";
import type { BootloaderImage } from "../../core/image/bootloader";
import { surroundingsOf } from "../../core/project/surroundings";
import { type PartitionEntry, partitionOf } from "../../core/table/entry";
import { printTable } from "../../core/table/print";
import { computedPlaces, lostInCsv } from "../../core/table/readsBack";
import { wholeEntries } from "../../core/table/whole";
import { decodeText } from "../../core/text/decode";
import { readFile } from "../board/project";
import { Stop } from "../board/stop";
import { type FoundTable, findTable } from "../findTable";
import type { Io } from "../io";
import { problemLines } from "../report/text";
import { filesOf, inspectBytes, relativePath, rootOf } from "../surroundings";
import { tell } from "../tell";
import { backupFlash } from "./backupFlash";
import { errorsOf } from "./manifest";

/** The table that the devices have, and what else its file tells of them. */
export interface FieldTable {
  readonly entries: readonly PartitionEntry[];
  /** Undefined where the file does not tell it. */
  readonly tableOffset: number | undefined;
  readonly chip: ChipTarget | undefined;
  /** Bytes: in the header of the bootloader. */
  readonly flashSize: number | undefined;
  readonly bootloader: FoundBootloader | undefined;
  readonly csv: string;
  /** Whether the file itself is this CSV. */
  readonly isCsv: boolean;
}

export interface FoundBootloader {
  readonly image: BootloaderImage;
  /** The file that it can be read from. */
  readonly file: string | undefined;
}

/**
 * Reads a CSV, a table binary, a header, the dump of a flash or a backup; goes by what is in the file. `tableOffset` is
 * what is said of its place, which counts where the file does not show it.
 */
export async function readFieldTable(
  path: string,
  tableOffset: number | undefined,
  io: Io,
): Promise<FieldTable> {
  const backup = await backupFlash(path, io);
  if (backup) {
    const table = await tableInBinary(path, backup.bytes, tableOffset);
    const image = table.bootloader?.image;
    return { ...table, chip: backup.backup.chip, bootloader: image && { image, file: backup.file } };
  }
  const { bytes } = await readFile(path, io);
  const text = decodeText(bytes);
  const isCsv = text.ok && !text.value.includes("\0") && !text.value.includes("final_table");
  return isCsv ? tableInCsv(path, text.value, tableOffset, io) : tableInBinary(path, bytes, tableOffset);
}

async function tableInCsv(path: string, csv: string, told: number | undefined, io: Io): Promise<FieldTable> {
  const absolute = io.absolute(path);
  const { facts } = await surroundingsOf(absolute, rootOf(absolute, io), filesOf(io));
  const tableOffset = told ?? facts.tableOffset;
  const { chip, flashSize, md5Row, secure, primaryBootloaderOffset } = facts;
  const { environment } = io;
  // Without MicroPython, which never goes into this table.
  const device = { chip, flashSize, tableOffset, md5Row, secure, primaryBootloaderOffset, environment };
  const analysis = analyse(csv, { ...noFacts, ...device });
  const file = relativePath(absolute, io);
  const problems = errorsOf({ file, text: csv, problems: analysis.problems });
  tell(io, "err", problemLines({ file, text: csv, problems }));
  const entries = wholeEntries(analysis);
  if (problems.length > 0 || !entries) throw new Stop(1, `'${path}' cannot be used, because it has errors.`);
  return {
    entries: entries.map(partitionOf),
    tableOffset,
    chip,
    flashSize,
    bootloader: undefined,
    csv,
    isCsv: true,
  };
}

async function tableInBinary(
  path: string,
  bytes: Uint8Array,
  tableOffset: number | undefined,
): Promise<FieldTable> {
  const report = await inspectBytes(bytes);
  const { table, at } = foundTable(path, bytes, tableOffset);
  const { entries } = table;
  const place = "tableOffset" in report ? report.tableOffset : at;
  const [lost] = lostInCsv(entries, { ...noFacts, ...computedPlaces(entries) });
  if (lost !== undefined)
    throw new Stop(1, `'${path}' cannot be used: a CSV has no way to write its partition '${lost}'.`);
  const image = deviceBootloader(report);
  return {
    entries,
    tableOffset: place,
    chip: image?.image.chip,
    flashSize: image?.image.flashSize,
    bootloader: image && { image, file: path },
    csv: printTable(entries),
    isCsv: false,
  };
}

/** Of several tables in a dump the user says which one the devices use. */
function foundTable(path: string, bytes: Uint8Array, tableOffset: number | undefined): FoundTable {
  const first = findTable(bytes, undefined);
  const isChosen = !first.ok && first.reason === "several" && tableOffset !== undefined;
  const found = isChosen ? findTable(bytes, tableOffset) : first;
  if (found.ok) return found.value;
  if (found.reason !== "several") throw new Stop(1, `'${path}' cannot be used. ${found.message}`);
  throw new Stop(2, `'${path}' holds several partition tables. Say where theirs is with --table-offset.`);
}
