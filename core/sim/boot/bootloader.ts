import type { ChipTarget } from "../../chip/targets";
import type { TableRow } from "../../image/tableRows";
import { type BootTable, bootChoice, bootOrder, bootTable } from "../../ota/bootChoice";
import { OTADATA_SIZE } from "../../ota/otadata";
import { TABLE_LENGTH } from "../../table/options";
import { log, read } from "../effect";
import { type BootTask, verify } from "./effects";
import { error, greetingLine, info, notBootable, tableLines } from "./lines";
import { type BootloaderModel, type BootloaderTraits, bootloaderTraits } from "./model";
import { choiceLine, readOtadata, writeInitialEntry, writeStates } from "./otadata";
import { verifyTable } from "./verifyTable";

/** What is compiled into a bootloader, and what its own header says of the flash, in bytes. */
export interface BootloaderSetup {
  readonly chip: ChipTarget;
  readonly tableOffset: number;
  readonly flashSize: number;
  readonly model: BootloaderModel;
}

/**
 * The second stage bootloader, from its greeting to the app that it starts: gives the app's row, or nothing where it
 * resets the chip instead. It writes to otadata (rollback, and the first entry), so power can fail here as well.
 * Source: `call_start_cpu0` in bootloader_start.c and bootloader_utility.c.
 */
export function* bootloader(setup: BootloaderSetup): BootTask<TableRow | undefined> {
  const { tableOffset, flashSize, model } = setup;
  const traits = bootloaderTraits(model);
  yield* log(greetingLine(model.idfVersion));
  const table = verifyTable(yield* read(tableOffset, TABLE_LENGTH), flashSize, traits);
  if (!table.ok) {
    yield* log(error("flash_parts", table.text));
    yield* log(error("boot", "Failed to verify partition table"));
    yield* log(error("boot", "load partition table error!"));
    return undefined;
  }
  for (const line of tableLines(table.rows)) yield* log(line);
  return yield* start(bootTable(table.rows), setup, traits);
}

function* start(
  table: BootTable<TableRow>,
  { chip, model: { kind } }: BootloaderSetup,
  traits: BootloaderTraits,
): BootTask<TableRow | undefined> {
  const { otadata } = table;
  if (otadata && otadata.size < OTADATA_SIZE) {
    yield* log(
      error("boot", `ota_info partition size ${otadata.size} is too small (minimum ${OTADATA_SIZE} bytes)`),
    );
    return undefined;
  }
  const stored = yield* readOtadata(otadata);
  const choice = bootChoice(table, stored, kind);
  if (otadata) yield* writeStates(otadata, stored, choice);
  const line = choiceLine(table, choice, kind);
  if (line !== undefined) yield* log(line);
  const chipId = traits.checksChip ? chip.imageChipId : undefined;
  const started = yield* firstBootable(bootOrder(table, choice.index), chipId);
  if (started && otadata && choice.initialises) yield* writeInitialEntry(otadata, started);
  return started;
}

function* firstBootable(
  order: readonly TableRow[],
  chipId: number | undefined,
): BootTask<TableRow | undefined> {
  for (const row of order) {
    const fault = yield* verify(row, chipId);
    if (fault === "") {
      yield* log(info("boot", `Loaded app from partition at offset 0x${row.offset.toString(16)}`));
      return row;
    }
    yield* log(error("esp_image", fault));
    yield* log(error("boot", notBootable(row)));
  }
  yield* log(error("boot", "No bootable app partitions in the partition table"));
  return undefined;
}
