import type { Analysis } from "../../core/analyse";
import { bootloaderVersion } from "../../core/compat/bootloaderVersion";
import type { CompatApp } from "../../core/compat/builds";
import type { VersionRule } from "../../core/compat/pair";
import type { CompatQuestion } from "../../core/compat/verdict";
import { endOf } from "../../core/table/entry";
import { wholeEntries } from "../../core/table/whole";
import type { Devices } from "./devices";

export interface StatedOptions {
  readonly rule?: VersionRule | undefined;
  readonly "chip-revision"?: number | undefined;
  readonly rollback?: "on" | "off" | undefined;
  readonly "secure-boot"?: "on" | "off" | undefined;
  readonly "flash-encryption"?: "on" | "off" | undefined;
}

/** What decides whether the devices start the app; what nobody said stays unknown. */
export const compatQuestion = (
  { claims, chip, flashSize }: Devices,
  app: CompatApp,
  target: Analysis | undefined,
  options: StatedOptions,
): CompatQuestion => ({
  bootloader: bootloaderVersion(claims),
  app,
  rule: options.rule ?? "strict",
  chip,
  chipRevision: options["chip-revision"],
  flashSizeInHeader: flashSize,
  flashSizeNeeded: target && tableEnd(target),
  tableMd5: target?.facts.md5Row,
  rollback: options.rollback,
  secureBoot: options["secure-boot"],
  flashEncryption: options["flash-encryption"],
});

/** Where the last partition ends, in bytes; undefined where a row cannot be read, for it may be the last one. */
function tableEnd(analysis: Analysis): number | undefined {
  const entries = wholeEntries(analysis);
  return entries && Math.max(...entries.map(endOf));
}
