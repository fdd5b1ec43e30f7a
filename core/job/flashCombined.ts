import { readCombined } from "../image/combined";
import { inspectImage } from "../image/inspect";
import { chosenBinary } from "../project/chosenBinary";
import { failure, type Result } from "../result";
import { decodeTable } from "../table/decode";
import { TABLE_LENGTH } from "../table/options";
import type { PresentTable } from "./consequences";
import type { NamedFile } from "./files";
import { flashParts } from "./flashParts";
import { type FlashJob, type JobFault, makeJob } from "./job";

/**
 * The job that writes a combined image or a dump of a flash to where it belongs: the chip's bootloader offset, or 0. As
 * with Espressif's tools, what is blank in the file becomes blank on the board.
 */
export function flashCombined(
  file: NamedFile,
  present?: PresentTable | undefined,
): Result<FlashJob, JobFault> {
  const combined = readCombined(file.bytes);
  if (!combined?.ok)
    return failure("image", 0, `'${file.name}' cannot be flashed. ${combined?.message ?? instead(file)}`);
  const { app, tableOffset, flashOffset } = combined.value;
  const at = tableOffset - flashOffset;
  const table = decodeTable(file.bytes.subarray(at, at + TABLE_LENGTH));
  return makeJob({
    title: `Flash ${file.name}`,
    chip: app.image.chip,
    present,
    after: table.ok ? table.value.entries : [],
    regions: flashParts(file.bytes, combined.value, `It is part of '${file.name}'.`),
  });
}

/** What the file is instead. */
function instead(file: NamedFile): string {
  const report = inspectImage(file.bytes);
  if (report.kind === "app") return "It is an app alone: write it into an app partition.";
  return chosenBinary(file.name, report).fault;
}
