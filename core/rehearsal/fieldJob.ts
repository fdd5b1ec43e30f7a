import type { PresentTable } from "../job/consequences";
import { type FlashJob, type JobFault, type JobRegion, makeJob, rangeOf } from "../job/job";
import { SECTOR, sectorsOf, sharedSize } from "../job/range";
import { restoreFieldState } from "../job/restoreFieldState";
import type { Route } from "../migrate/plan/plan";
import { failure, type Result, success } from "../result";
import type { Rehearsal } from "./readRehearsal";

/** The route from a slot; from the first one that the plan has unless somebody says which. */
export function routeFrom(
  { migration: { plan } }: Pick<Rehearsal, "migration">,
  start: string | undefined,
): Result<Route, "start"> {
  const route = plan.routes.find((one) => start === undefined || one.start === start);
  if (route) return success(route);
  const names = plan.routes.map((one) => `'${one.start}'`).join(", ");
  return failure("start", 0, `The plan has no device that runs from '${start}'. It has them from ${names}.`);
}

/**
 * The job that makes a board what the devices are before their migration. Devices have files where MicroPython gets its
 * filesystem, so the board gets a sector of them: otherwise nobody sees that the place is erased.
 */
export function fieldJob(
  { migration, app, bootloader, config }: Rehearsal,
  start: string,
  present?: PresentTable,
): Result<FlashJob, JobFault> {
  const { source, facts } = migration;
  const restored = restoreFieldState({
    source: { ...source, md5Row: facts.md5Row },
    app,
    bootloader,
    start: { kind: "slot", name: start },
    present,
  });
  if (!restored.ok) return restored;
  const { title, chip, regions } = restored.value;
  const files = filesOf(config.eraseList[0]);
  const isFree =
    files && regions.every((region) => sharedSize(sectorsOf(rangeOf(region)), rangeOf(files)) === 0);
  return makeJob({
    title,
    chip,
    present,
    after: source.entries,
    regions: [...regions, ...(isFree ? [files] : [])],
  });
}

const FILE = "A file of a device, as far as a rehearsal needs one. ";

/** In the last sector: what stands before it may belong to an app of the devices. */
const filesOf = (place: Rehearsal["config"]["eraseList"][number] | undefined): JobRegion | undefined =>
  place && {
    kind: "write",
    address: place.offset + place.size - SECTOR,
    name: "files",
    purpose: "other",
    bytes: Uint8Array.from({ length: SECTOR }, (_, at) => FILE.charCodeAt(at % FILE.length)),
    why: "Devices have files here, and the repartitioner has to erase them.",
  };
