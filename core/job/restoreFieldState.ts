import { bootChoice, bootOrder, bootTable } from "../ota/bootChoice";
import { decodeOtadata } from "../ota/otadata";
import { failure, type Result, success } from "../result";
import { encodeTable } from "../table/encode";
import type { PartitionEntry } from "../table/entry";
import type { PresentTable } from "./consequences";
import { type NamedFile, readAppFile } from "./files";
import { type FlashJob, type JobFault, type JobRegion, makeJob } from "./job";
import { bootloaderRegion, partitionRegion, tableRegion } from "./regions";
import { firstApp, startRegions, startWithBlank } from "./start";

/**
 * Which slot holds the field app: the one that starts while otadata is blank, the one with this name, or the one that
 * the given bytes of otadata start.
 */
export type FieldStart =
  | { readonly kind: "blank" }
  | { readonly kind: "slot"; readonly name: string }
  | { readonly kind: "otadata"; readonly bytes: Uint8Array };

export interface FieldStateParts {
  /** The source table. It may be wrong in ways that devices live with, so only its encoding is refused here. */
  readonly source: PresentTable & { readonly md5Row: boolean };
  readonly app: NamedFile;
  readonly start: FieldStart;
  readonly bootloader?: NamedFile | undefined;
  readonly present?: PresentTable | undefined;
}

/** The job that makes a board the twin of a device in the field: its table, its app and otadata that starts it. */
export function restoreFieldState(parts: FieldStateParts): Result<FlashJob, JobFault> {
  const { source, bootloader, present } = parts;
  const { entries, tableOffset } = source;
  const table = encodeTable(entries, source);
  if (!table.ok) return failure("table", 0, table.message);
  const app = readAppFile(parts.app);
  if (!app.ok) return app;
  const started = startOf(entries, parts.start);
  if (!started.ok) return started;
  const { slot, regions } = started.value;
  const { chip, bytes } = app.value;
  return makeJob({
    title: `Restore the field state with ${parts.app.name}`,
    chip,
    present,
    after: entries,
    regions: [
      ...(bootloader ? [bootloaderRegion(chip.bootloaderOffset, tableOffset, bootloader.bytes)] : []),
      tableRegion(tableOffset, table.value),
      ...regions,
      partitionRegion(slot, "app", bytes, "It is the app that the devices run."),
    ],
  });
}

interface Started {
  readonly slot: PartitionEntry;
  readonly regions: readonly JobRegion[];
}

function startOf(entries: readonly PartitionEntry[], start: FieldStart): Result<Started, JobFault> {
  if (start.kind === "otadata") return startWithBytes(entries, start.bytes);
  const slot = start.kind === "blank" ? firstApp(entries) : entries.find(({ name }) => name === start.name);
  if (!slot) {
    const missing = start.kind === "blank" ? "app partition" : `partition '${start.name}'`;
    return failure(
      "slot",
      0,
      `The source table has no ${missing} to hold the app. Correct the source table.`,
    );
  }
  const regions = start.kind === "blank" ? startWithBlank(entries, slot) : startRegions(entries, slot);
  return regions.ok ? success({ slot, regions: regions.value }) : regions;
}

/** otadata as it was read from a device; rollback may try another app first only while an update is on trial. */
function startWithBytes(entries: readonly PartitionEntry[], bytes: Uint8Array): Result<Started, JobFault> {
  const table = bootTable(entries);
  if (!table.otadata) return failure("slot", 0, "The source table has no partition for otadata.");
  const otadata = decodeOtadata(bytes);
  if (!otadata.ok) return failure("slot", 0, otadata.message);
  const [slot] = bootOrder(table, bootChoice(table, otadata.value, "plain").index);
  if (!slot) return failure("slot", 0, "The source table has no app partition that otadata could start.");
  const why = `As on the device, it makes the bootloader start '${slot.name}'.`;
  return success({ slot, regions: [partitionRegion(table.otadata, "otadata", bytes, why)] });
}
