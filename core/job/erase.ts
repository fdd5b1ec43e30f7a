import type { Result } from "../result";
import type { PresentTable } from "./consequences";
import { type FlashJob, type JobFault, makeJob } from "./job";
import { type FlashRange, rangeText } from "./range";

/** The job that erases the whole flash, in bytes: afterwards the board starts nothing until a bootloader is written. */
export const eraseBoard = (
  flashSize: number,
  present?: PresentTable | undefined,
): Result<FlashJob, JobFault> =>
  eraseJob(
    "Erase the whole flash",
    { address: 0, size: flashSize },
    "whole flash",
    "Afterwards the board starts nothing until a bootloader, a table and an app are written.",
    present,
  );

/** The job that erases some sectors. */
export const eraseRegion = (
  range: FlashRange,
  present?: PresentTable | undefined,
): Result<FlashJob, JobFault> =>
  eraseJob(`Erase ${rangeText(range)}`, range, rangeText(range), "It is to be blank.", present);

const eraseJob = (
  title: string,
  range: FlashRange,
  name: string,
  why: string,
  present: PresentTable | undefined,
): Result<FlashJob, JobFault> =>
  makeJob({ title, present, regions: [{ kind: "erase", ...range, name, purpose: "other", why }] });
