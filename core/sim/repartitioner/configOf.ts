import { sectorOf } from "../../export/arrayText";
import { sha256Hex } from "../../image/sha256Hex";
import { castOf, isWhole } from "../../migrate/plan/cast";
import type { PlanInput } from "../../migrate/plan/plan";
import { type RolesFault, rolesOf } from "../../migrate/roles";
import { failure, type Result, success } from "../../result";
import { type EncodeFault, encodeTable } from "../../table/encode";
import type { ExpectedImage, RepartitionerConfig } from "./config";
import { SECTOR } from "./units";

/** `no-chip`: nobody said which chip the devices have. `target`: the target table lacks a partition that has a role. */
export type ConfigFault = RolesFault | EncodeFault | "no-chip" | "target";

/**
 * What a repartitioner is told for a migration: the one place where a plan becomes the numbers that the simulated
 * repartitioner and `repartition.h` hold. Both tables have an MD5 row, or neither: one bootloader reads them.
 */
export function configOf(
  { source, target, facts }: Pick<PlanInput, "source" | "target" | "facts">,
  micropython: ExpectedImage,
): Result<RepartitionerConfig, ConfigFault> {
  const { chip } = facts;
  if (!chip) return failure("no-chip", 0, 'It is not known which chip the devices have. Add "chip".');
  const roles = rolesOf(source.entries);
  if (!roles.ok) return roles;
  const cast = castOf({ target }, roles.value);
  if (!isWhole(cast)) return failure("target", 0, LACKING);
  const [sourceTable, targetTable] = [encodeTable(source.entries, facts), encodeTable(target, facts)];
  if (!sourceTable.ok) return sourceTable;
  if (!targetTable.ok) return targetTable;
  return success({
    tableOffset: source.tableOffset,
    bootloaderOffset: chip.bootloaderOffset,
    chipId: chip.imageChipId,
    sourceTable: sourceTable.value,
    targetTable: sectorOf(targetTable.value),
    runnerOffset: cast.runner.offset,
    receiverOffset: cast.receiver.offset,
    filesystemOffset: cast.vfs.offset,
    eraseList: [{ offset: cast.vfs.offset, size: cast.vfs.size }],
    micropython,
  });
}

const LACKING =
  "The target table lacks the slot that runs, one for MicroPython, or a partition called 'vfs'. The plan names which.";

/** What is to be known of an image before it is downloaded. */
export const expectedImage = (bytes: Uint8Array): ExpectedImage => ({
  size: bytes.length,
  sha256: sha256Hex(bytes),
  headSha256: sha256Hex(bytes.subarray(0, SECTOR)),
});
