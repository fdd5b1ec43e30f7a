import { type BootTable, bootChoice, bootOrder, bootTable } from "../ota/bootChoice";
import { blankEntry, decodeOtadata, type OtaData } from "../ota/otadata";
import type { PartitionEntry } from "../table/entry";
import { APP } from "../table/subtypes";
import { hex } from "../text/units";
import { rangeOf, type WriteRegion } from "./job";
import { readTableRegion, tableRegionOf } from "./preflightTable";
import { type Flight, type JobCheck, type JobProblem, jobProblem, problemIf } from "./problem";
import { sharedSize } from "./range";

/** What the board starts afterwards: the app that is written, or another one. */
export const checkStart: JobCheck = (flight) => {
  const entries = tableAfter(flight);
  const apps = flight.job.regions.filter(
    (region): region is WriteRegion => region.kind === "write" && region.purpose === "app",
  );
  if (!entries || !(apps.length > 0 || tableRegionOf(flight.job))) return [];
  const table = bootTable(entries);
  return [
    ...checkOtadataRow(table),
    ...checkPlaces(apps, entries),
    ...(bootOrder(table, "factory").length === 0 ? checkNoApp(flight) : checkFirst(table, apps, flight)),
  ];
};

/** The rows that the board has once the job is done; undefined where they are not known. */
function tableAfter({ job, present }: Flight): readonly PartitionEntry[] | undefined {
  const region = tableRegionOf(job);
  if (!region) return present.table?.entries;
  const table = readTableRegion(region);
  return table.ok ? table.value.entries : undefined;
}

/** Of a new table its rules say so. */
const checkNoApp = ({ job }: Flight): readonly JobProblem[] =>
  problemIf(!tableRegionOf(job), () =>
    jobProblem(
      "no-app",
      "error",
      "The partition table on the board has no app that the bootloader could start. Flash a layout, or a combined image.",
    ),
  );

const checkOtadataRow = ({ otadata, slots }: BootTable<PartitionEntry>): readonly JobProblem[] =>
  problemIf(slots.length > 0 && !otadata, () =>
    jobProblem(
      "otadata-missing",
      "warning",
      "The table has update slots but no otadata, so the bootloader always starts the same app and no update over the air can change that. Add a partition of type data, subtype ota, with 0x2000 bytes.",
    ),
  );

const checkPlaces = (
  apps: readonly WriteRegion[],
  entries: readonly PartitionEntry[],
): readonly JobProblem[] =>
  apps
    .filter(({ address }) => !entries.some(({ type, offset }) => type === APP && offset === address))
    .map(({ name, address }) =>
      jobProblem(
        "no-partition",
        "warning",
        `The app '${name}' is written to ${hex(address)}, but the table has no app partition there, so it never starts.`,
        address,
      ),
    );

/** Whoever writes an app expects it to start; another one may be meant, so this is no error. */
function checkFirst(
  table: BootTable<PartitionEntry>,
  apps: readonly WriteRegion[],
  flight: Flight,
): readonly JobProblem[] {
  const otadata = otadataAfter(table, flight);
  if (!otadata) return [];
  const [first] = bootOrder(table, bootChoice(table, otadata, "plain").index);
  const [app] = apps;
  if (!first || !app || apps.some(({ address }) => address === first.offset)) return [];
  const message = `The board starts '${first.name}' first, not '${app.name}', which is written: otadata decides that. Select '${app.name}' in otadata, or start it by an update.`;
  return [jobProblem("starts-other", "warning", message, app.address)];
}

/** What stands in otadata once the job is done; undefined where that is not known. */
function otadataAfter({ otadata: row }: BootTable<PartitionEntry>, { job, present }: Flight) {
  const blank: OtaData = [blankEntry, blankEntry];
  if (!row) return blank;
  const place = { address: row.offset, size: row.size };
  const touching = job.regions.filter((region) => sharedSize(rangeOf(region), place) > 0);
  const [region] = touching;
  if (!region) return present.table && isSameRow(present.table.entries, row) ? present.otadata : undefined;
  if (touching.length > 1 || region.address !== row.offset) return undefined;
  if (region.kind === "erase") return blank;
  const otadata = decodeOtadata(region.bytes);
  return otadata.ok ? otadata.value : undefined;
}

/** What was read of otadata counts only while the table has it at the same place. */
const isSameRow = (entries: readonly PartitionEntry[], row: PartitionEntry): boolean =>
  bootTable(entries).otadata?.offset === row.offset;
