import { bootChoice, bootTable } from "../../ota/bootChoice";
import { decodeOtadata, OTADATA_SIZE } from "../../ota/otadata";
import type { PartitionEntry } from "../../table/entry";
import { APP, DATA, OTADATA } from "../../table/subtypes";
import { contentAt, type Flash, readFlash } from "../flash/flash";
import { isBlankAt, sha256At } from "../flash/questions";
import { imageAt } from "../flash/verifyImage";
import type { ReplayedRegion } from "../report";
import type { Scenario } from "../scenario/scenario";
import { hasFilesystem, holdsTable } from "../sweep/success";

const SECTOR = 0x1000;

/** What flash holds at the end, in words. Where there is no table any more the new one says what was meant to be there. */
export function flashRegions(scenario: Scenario, flash: Flash): readonly ReplayedRegion[] {
  const { input, config } = scenario;
  const isOld = holdsTable(flash, config.tableOffset, config.sourceTable);
  const isNew = holdsTable(flash, config.tableOffset, config.targetTable);
  const entries = isOld ? input.source.entries : input.target;
  const table = {
    name: "partition table",
    offset: config.tableOffset,
    size: SECTOR,
    holds: isOld ? "the source table" : isNew ? "the target table" : "neither table, only a part of one",
  };
  const regions = entries.map((entry) => ({
    name: entry.name,
    offset: entry.offset,
    size: entry.size,
    holds: contentWords(scenario, flash, entry, entries),
  }));
  return [table, ...regions].toSorted((a, b) => a.offset - b.offset);
}

function contentWords(
  scenario: Scenario,
  flash: Flash,
  entry: PartitionEntry,
  entries: readonly PartitionEntry[],
): string {
  if (entry.type === APP) return appWords(scenario, flash, entry);
  if (entry.type === DATA && entry.subtype === OTADATA) return otadataWords(scenario, flash, entry, entries);
  if (isBlankAt(flash, entry)) return "blank";
  if (entry.offset === scenario.config.filesystemOffset && hasFilesystem(flash, entry.offset))
    return "files of MicroPython";
  return isSame(scenario.state.flash, flash, entry) ? "what the firmware kept there" : "changed";
}

const APP_NAMES = {
  firmware: "the firmware of before",
  repartitioner: "the repartitioner",
  micropython: "MicroPython",
} as const;

function appWords({ setup }: Scenario, flash: Flash, entry: PartitionEntry): string {
  if (isBlankAt(flash, entry)) return "blank";
  const size = imageAt(flash, entry, setup.chip.imageChipId);
  if (size === 0) return "no app that could start";
  const digest = sha256At(flash, { offset: entry.offset, size });
  const image = setup.images.find(({ sha256 }) => sha256 === digest);
  return image ? APP_NAMES[image.kind] : "an app that nobody knows";
}

function otadataWords(
  { setup }: Scenario,
  flash: Flash,
  { offset }: PartitionEntry,
  entries: readonly PartitionEntry[],
): string {
  const found = decodeOtadata(readFlash(flash, offset, OTADATA_SIZE));
  if (!found.ok) return "cut off";
  const table = bootTable(entries);
  const { index } = bootChoice(table, found.value, setup.bootloader.kind);
  const selected = index === "factory" ? table.factory : table.slots[index];
  return selected ? `selects '${selected.name}'` : "selects nothing";
}

const isSame = (before: Flash, after: Flash, { offset, size }: PartitionEntry): boolean => {
  for (let at = offset; at < offset + size; at += SECTOR)
    if (contentAt(before, at / SECTOR) !== contentAt(after, at / SECTOR)) return false;
  return true;
};
