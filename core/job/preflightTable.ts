import { analyse } from "../analyse";
import { noFacts } from "../facts";
import { readHeader } from "../image/header";
import type { Problem } from "../rules/rule";
import { type DecodedTable, decodeTable } from "../table/decode";
import { endOf, type PartitionEntry } from "../table/entry";
import { TABLE_LENGTH } from "../table/options";
import { printTable } from "../table/print";
import { computedPlaces, lostInCsv } from "../table/readsBack";
import { hex, sizeText } from "../text/units";
import type { FlashJob, WriteRegion } from "./job";
import { type Flight, type JobCheck, type JobProblem, jobProblem, problemIf } from "./problem";

/** The region that brings a new table, where the job has one. */
export const tableRegionOf = ({ regions }: FlashJob): WriteRegion | undefined =>
  regions.find((region): region is WriteRegion => region.kind === "write" && region.purpose === "table");

/** The table of such a region, as the bootloader will read it. */
export const readTableRegion = ({ bytes }: WriteRegion) => decodeTable(bytes.subarray(0, TABLE_LENGTH));

/** A new table must be whole, end within the flash, and be one that devices take. */
export const checkTable: JobCheck = (flight) => {
  const region = tableRegionOf(flight.job);
  if (!region) return [];
  const table = readTableRegion(region);
  if (!table.ok) {
    const message = `The partition table for ${hex(region.address)} is damaged, so the board would not start. ${table.message}`;
    return [jobProblem("table", "error", message, region.address)];
  }
  return [
    ...checkEnd(table.value, region, flight),
    ...checkPlace(region, flight),
    ...checkRules(table.value, region, flight),
  ];
};

/** A bootloader looks for the table at one address alone, with which it was built (`CONFIG_PARTITION_TABLE_OFFSET`). */
function checkPlace({ address }: WriteRegion, { job, present }: Flight): readonly JobProblem[] {
  const known = present.table?.tableOffset;
  const bringsBootloader = job.regions.some(
    ({ kind, purpose }) => kind === "write" && purpose === "bootloader",
  );
  return problemIf(known !== undefined && known !== address && !bringsBootloader, () =>
    jobProblem(
      "table-elsewhere",
      "warning",
      `The partition table goes to ${hex(address)}, but the board has one at ${hex(known ?? 0)}, and its bootloader stays: if it looks there, it goes on with the old table. Flash a bootloader that was built for ${hex(address)} too, or put the table at ${hex(known ?? 0)}.`,
      address,
    ),
  );
}

/**
 * A row beyond the flash size in the header of the bootloader makes it refuse the whole table, however large the chip is
 * (`esp_partition_table_verify` in flash_partitions.c); beyond the chip itself nothing can be stored.
 */
function checkEnd({ entries }: DecodedTable, region: WriteRegion, flight: Flight): JobProblem[] {
  const last = entries.toSorted((a, b) => endOf(b) - endOf(a))[0];
  const limits = [
    { size: flight.board.flashSize, whose: "the board's flash ends" },
    { size: bootloaderFlashSize(flight), whose: "the bootloader believes that the flash ends" },
  ];
  return limits.flatMap(({ size, whose }) => {
    if (!last || size === undefined || endOf(last) <= size) return [];
    const message = `The partition '${last.name}' ends at ${hex(endOf(last))}, but ${whose} at ${hex(size)} (${sizeText(size)}): the bootloader refuses the table and the board does not start. Make the table smaller, or flash a bootloader for this flash size.`;
    return [jobProblem("table-beyond-flash", "error", message, region.address)];
  });
}

/** In the header of the bootloader that will be on the board. */
function bootloaderFlashSize({ job, present }: Flight): number | undefined {
  const region = job.regions.find(({ kind, purpose }) => kind === "write" && purpose === "bootloader");
  if (region?.kind !== "write")
    return typeof present.bootloader === "object" ? present.bootloader.flashSize : undefined;
  const header = readHeader(region.bytes, 0);
  return header.ok ? header.value.flashSize : undefined;
}

/**
 * What the rules say of the table. A layout with errors never becomes a job, so what is left are tables of devices:
 * errors are what no device starts with, the rest is a warning, because devices do live with it.
 */
function checkRules(table: DecodedTable, region: WriteRegion, flight: Flight): JobProblem[] {
  const { md5Row } = table;
  const entries = withPlainNames(table.entries);
  const options = {
    ...noFacts,
    ...computedPlaces(entries),
    tableOffset: region.address,
    chip: flight.board.chip,
    md5Row,
  };
  if (lostInCsv(entries, options).length > 0) return [];
  return analyse(printTable(entries), options)
    .problems.filter(({ severity }) => severity === "error")
    .map((problem) => jobProblem("table-rule", severityOf(problem), sentence(problem), region.address));
}

/** The rules read a CSV, and a name that none can hold must not keep them from the rest of the table. */
function withPlainNames(entries: readonly PartitionEntry[]): readonly PartitionEntry[] {
  const lost = lostInCsv(entries);
  return entries.map((entry, index) =>
    lost.includes(entry.name) ? { ...entry, name: `partition ${index + 1}` } : entry,
  );
}

const severityOf = ({ stage }: Problem) => (stage === "device" ? "error" : "warning");

const sentence = (problem: Problem): string =>
  severityOf(problem) === "error"
    ? `The partition table is wrong: ${problem.message}`
    : `Espressif's tool would refuse this partition table: ${problem.message} Bootloaders take it all the same.`;
