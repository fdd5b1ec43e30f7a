import { inspectImage } from "../image/inspect";
import { listed } from "../picture/names";
import { type Failure, failure, type Result } from "../result";
import type { PartitionEntry } from "../table/entry";
import { alignUp } from "../text/units";
import type { PresentTable } from "./consequences";
import type { NamedFile } from "./files";
import { type EraseRegion, type FlashJob, type JobFault, makeJob } from "./job";
import { SECTOR } from "./range";
import { partitionRegion, purposeOf } from "./regions";

/**
 * The job that writes a file to the start of one partition. The rest of a data partition is erased, as
 * `parttool.py write_partition` does, because old pages would be taken for new ones; behind an app nobody reads.
 */
export function writePartition(
  present: PresentTable,
  name: string,
  file: NamedFile,
): Result<FlashJob, JobFault> {
  const found = present.entries.filter((entry) => entry.name === name);
  const [entry] = found;
  if (!entry || found.length > 1) return notOne(present, name, found);
  const purpose = purposeOf(entry);
  const report = purpose === "app" ? inspectImage(file.bytes) : undefined;
  return makeJob({
    title: `Write ${file.name} to '${name}'`,
    chip: report?.kind === "app" ? report.app.image.chip : undefined,
    present,
    regions: [
      partitionRegion(entry, purpose, file.bytes, `'${file.name}' is to be in this partition.`),
      ...(purpose === "app" ? [] : restOf(entry, file.bytes.length)),
    ],
  });
}

function restOf({ name, offset, size }: PartitionEntry, written: number): EraseRegion[] {
  const begin = alignUp(written, SECTOR);
  const rest = alignUp(size, SECTOR) - begin;
  if (rest <= 0) return [];
  const why = "Behind the file, the old contents would be taken for part of the new ones.";
  return [
    { kind: "erase", address: offset + begin, size: rest, name: `rest of ${name}`, purpose: "other", why },
  ];
}

function notOne(
  { entries, tableOffset }: PresentTable,
  name: string,
  found: readonly PartitionEntry[],
): Failure<JobFault> {
  const names = listed(entries.map((entry) => entry.name));
  const message =
    found.length > 1
      ? `The table on the board has ${found.length} partitions with the name '${name}', so it is not clear which one is meant.`
      : `The table on the board has no partition '${name}'. It has ${names || "none at all"}.`;
  return failure("partition", tableOffset, message);
}
