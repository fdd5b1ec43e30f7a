import { type BootloaderKind, bootChoice, bootOrder, bootTable } from "../../ota/bootChoice";
import { decodeOtadata, OTADATA_SIZE } from "../../ota/otadata";
import { type Flash, readFlash } from "../flash/flash";
import { sha256At } from "../flash/questions";
import { neededOf } from "../hazard";
import type { RepartitionerConfig } from "../repartitioner/config";
import { rowsOf } from "../repartitioner/tables";
import type { Procedure } from "../report";
import type { Scenario } from "../scenario/scenario";
import { changedContents } from "./kept";

type Migration = Pick<Scenario, "procedure" | "input" | "config" | "assets" | "setup" | "state">;

/**
 * Whether the migration has come to what it is for: its table, MicroPython byte for byte, an otadata that selects it for
 * good, a filesystem, and, as our procedure promises, what the devices keep in partitions that stay.
 */
export const isMigrated = (
  { procedure, input, config, assets, setup, state }: Migration,
  flash: Flash,
): boolean =>
  holdsTable(flash, config.tableOffset, wantedTable(procedure, config)) &&
  sha256At(flash, { offset: config.receiverOffset, size: assets.micropython.bytes.length }) ===
    assets.micropython.sha256 &&
  selectsForGood(flash, config, setup.bootloader.kind) &&
  hasFilesystem(flash, config.filesystemOffset) &&
  (procedure === "published" || changedContents(input, state.flash, flash).length === 0);

/** The published one writes what stands behind its array into the rest of the sector, and erases nvs: that is known. */
const wantedTable = (procedure: Procedure, { targetTable }: RepartitionerConfig): Uint8Array =>
  procedure === "published" ? neededOf(targetTable) : targetTable;

/** All of these bytes, at the place of the table. */
export const holdsTable = (flash: Flash, tableOffset: number, table: Uint8Array): boolean =>
  readFlash(flash, tableOffset, table.length).every((byte, at) => byte === table[at]);

/** Also where the bootloader undoes updates that do not confirm themselves: MicroPython has nobody who would. */
function selectsForGood(
  flash: Flash,
  { targetTable, receiverOffset }: RepartitionerConfig,
  kind: BootloaderKind,
): boolean {
  const table = bootTable(rowsOf(targetTable));
  if (!table.otadata) return false;
  const stored = decodeOtadata(readFlash(flash, table.otadata.offset, OTADATA_SIZE));
  if (!stored.ok) return false;
  return ([kind, "rollback"] as const).every((one) => {
    const { index, otadata } = bootChoice(table, stored.value, one);
    const [first] = bootOrder(table, index);
    const isUntouched = otadata.every(({ state }, sector) => state === stored.value[sector]?.state);
    return first?.offset === receiverOffset && isUntouched;
  });
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
