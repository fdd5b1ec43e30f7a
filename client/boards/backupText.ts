import type { Backup } from "../../core/job/backup";
import { sizeText } from "../../core/text/units";

/** `ESP32 24:6f:28:00:00:01 · 4 MB in 1 file`, with a word where it was stopped. */
export function backupText({ chip, mac, regions }: Backup): string {
  const size = regions.reduce((sum, region) => sum + region.size, 0);
  const files = regions.length === 1 ? "1 file" : `${regions.length} files`;
  const state = isUnfinished({ regions }) ? " · not finished" : "";
  return `${chip.name} ${mac} · ${sizeText(size)} in ${files}${state}`;
}

export const isUnfinished = ({ regions }: Pick<Backup, "regions">): boolean =>
  regions.some(({ sha256 }) => sha256 === undefined);

/** `24-6f-28-00-00-01-2025-11-23`: a name that every system takes. */
export const newFolderName = (mac: string, now: Date): string =>
  `${mac.replaceAll(":", "-")}-${[now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-")}`;
