import { type Flash, readFlash } from "../flash/flash";
import { sha256At } from "../flash/questions";
import { neededOf } from "../hazard";
import type { Scenario } from "../scenario/scenario";

/** Whether the table, the image of MicroPython and its filesystem are what the migration is for. */
export const isMigrated = ({ config, assets }: Pick<Scenario, "config" | "assets">, flash: Flash): boolean =>
  holdsTable(flash, config.tableOffset, config.targetTable) &&
  sha256At(flash, { offset: config.receiverOffset, size: assets.micropython.bytes.length }) ===
    assets.micropython.sha256 &&
  hasFilesystem(flash, config.filesystemOffset);

/** As far as the bootloader reads it. */
export function holdsTable(flash: Flash, tableOffset: number, table: Uint8Array): boolean {
  const bytes = neededOf(table);
  return readFlash(flash, tableOffset, bytes.length).every((byte, at) => byte === bytes[at]);
}

const SECTOR = 0x1000;
const MAGIC_OFFSET = 8;
const MAGIC = [..."littlefs"].map((char) => char.charCodeAt(0));

/** A superblock in either of the first two sectors (LittleFS, SPEC.md). */
export const hasFilesystem = (flash: Flash, offset: number): boolean =>
  [0, SECTOR].some((sector) => {
    const found = readFlash(flash, offset + sector + MAGIC_OFFSET, MAGIC.length);
    return MAGIC.every((byte, at) => found[at] === byte);
  });
