import type { PlanInput } from "../../migrate/plan/plan";
import { ROW_LENGTH } from "../../table/options";
import { FINAL_TABLE_LENGTH, type PublishedConfig } from "../apps/published/config";
import { neededOf } from "../hazard";
import type { RepartitionerConfig } from "../repartitioner/config";

/** The same migration as `repartition.h` of the published repartitioner would have it. */
export function publishedConfig(
  { target }: PlanInput,
  config: RepartitionerConfig,
  flashSize: number,
): PublishedConfig {
  const { tableOffset, targetTable, receiverOffset, filesystemOffset, chipId } = config;
  const length = Math.max(FINAL_TABLE_LENGTH, neededOf(targetTable).length + ROW_LENGTH);
  const sizeAt = (at: number): number => target.find(({ offset }) => offset === at)?.size ?? 0;
  return {
    tableOffset,
    finalTable: targetTable.slice(0, length),
    targetSize: sizeAt(receiverOffset),
    filesystem: { offset: filesystemOffset, size: sizeAt(filesystemOffset) },
    flashSize,
    chipId,
  };
}
