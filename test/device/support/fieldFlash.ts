import { restoreFieldState } from "../../../core/job/restoreFieldState";
import type { Rehearsal } from "../../../core/rehearsal/readRehearsal";
import { blank } from "../../support/bytes";

/** The flash of a board that is what the devices of a migration are, with its app in this slot. */
export function fieldFlash({ migration, app, bootloader }: Rehearsal, slot: string): Uint8Array {
  const { source, facts } = migration;
  const job = restoreFieldState({
    source: { ...source, md5Row: facts.md5Row },
    app,
    bootloader,
    start: { kind: "slot", name: slot },
  });
  if (!job.ok) throw new Error(job.message);
  const flash = blank(0x400000);
  for (const region of job.value.regions)
    if (region.kind === "write") flash.set(region.bytes, region.address);
  return flash;
}
