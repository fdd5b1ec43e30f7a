import { analyse } from "../analyse";
import { noFacts } from "../facts";
import { readHeader } from "../image/header";
import type { Problem } from "../rules/rule";
import { type DecodedTable, decodeTable } from "../table/decode";
import { endOf } from "../table/entry";
import { TABLE_LENGTH } from "../table/options";
import { printTable } from "../table/print";
import { computedPlaces, lostInCsv } from "../table/readsBack";
import { hex, sizeText } from "../text/units";
import type { FlashJob, WriteRegion } from "./job";
import { type Flight, type JobCheck, type JobProblem, jobProblem } from "./problem";

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
  return [...checkEnd(table.value, region, flight), ...checkRules(table.value, region, flight)];
};

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
function checkRules({ entries, md5Row }: DecodedTable, region: WriteRegion, flight: Flight): JobProblem[] {
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

const severityOf = ({ stage }: Problem) => (stage === "device" ? "error" : "warning");

const sentence = (problem: Problem): string =>
  severityOf(problem) === "error"
    ? `The partition table is wrong: ${problem.message}`
    : `Espressif's tool would refuse this partition table: ${problem.message} Bootloaders take it all the same.`;
