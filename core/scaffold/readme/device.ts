import type { ChipTarget } from "../../chip/targets";
import { bytesText } from "../../migrate/bytesText";
import type { ReadMigration } from "../../migrate/read/readMigration";
import { plain } from "../../picture/markdown";
import type { PartitionEntry } from "../../table/entry";
import { hex, sizeText } from "../../text/units";
import { knownClock, USUAL_CLOCK } from "../flashSettings";
import type { ReadmeSubject } from "./readme";

/** What is compiled in: whoever holds a device can compare. */
export function deviceChapter({ migration, config, chip, idf }: ReadmeSubject): string {
  const { facts, target, source } = migration;
  const { micropython } = config;
  const rows: readonly (readonly [string, string])[] = [
    ["Chip", chip.name],
    ["Flash", facts.flashSize === undefined ? "not known" : sizeText(facts.flashSize)],
    ...clockRow(chip, migration.bootloaderFlash),
    ["Partition table", `at ${hex(config.tableOffset)}`],
    ["Changes the table from", placeOf(source.entries, config.runnerOffset)],
    ["MicroPython goes to", placeOf(target, config.receiverOffset)],
    ["Its files go to", placeOf(target, config.filesystemOffset)],
    ["MicroPython", `${bytesText(micropython.size)}, SHA-256 \`${micropython.sha256}\``],
    ["ESP-IDF", idf.release],
  ];
  return `## What it is made for

| | |
| --- | --- |
${rows.map(([title, text]) => `| ${title} | ${text} |`).join("\n")}

A device with another partition table than the one in \`partitions.csv\` is not changed: the repartitioner says so and goes back to the firmware.`;
}

/** Only the ESP32's apps set it by themselves: on other chips there is nothing to compare. */
function clockRow(chip: ChipTarget, flash: ReadMigration["bootloaderFlash"]): [string, string][] {
  if (chip.id !== "esp32") return [];
  const clock = knownClock(flash);
  const text =
    clock === undefined
      ? `${USUAL_CLOCK} MHz. Nobody knows that of the bootloader: it is the same where \`crossflash inspect\` says so of a bootloader that was read from a device`
      : `${clock} MHz, that of the bootloader`;
  return [["Flash clock", text]];
}

function placeOf(entries: readonly PartitionEntry[], offset: number): string {
  const found = entries.find((entry) => entry.offset === offset);
  return `${plain(found?.name ?? "")} at ${hex(offset)}, ${sizeText(found?.size ?? 0)}`;
}
