import { type JobRegion, rangeOf } from "../../core/job/job";
import { type FlashRange, rangeEnd } from "../../core/job/range";
import { blankMd5, md5Of } from "../md5";
import type { RegionOutcome, RegionStatus } from "./outcome";

/** A region of a job that is under way. */
export interface RegionState {
  readonly region: JobRegion;
  readonly range: FlashRange;
  /** Of what is wanted there. */
  readonly md5: string;
  status: RegionStatus;
  /** Where anything may stand, because it was erased or written since the board confirmed it. */
  touched: FlashRange | undefined;
  /** Whether it was ever begun in this run. */
  written: boolean;
  /** Bytes of flash contents that the board took in this run. */
  sentBytes: number;
  /** How often it went wrong. */
  failures: number;
  /** Whether it was not as wanted although the line was good: its commands may have hit something else. */
  strayed: boolean;
  /** What was lost behind it in flash that the job has nothing to do with. */
  overrun: FlashRange | undefined;
}

export const regionState = (region: JobRegion): RegionState => {
  const range = rangeOf(region);
  const md5 = region.kind === "write" ? md5Of(region.bytes) : blankMd5(range.size);
  return {
    region,
    range,
    md5,
    status: "untouched",
    touched: undefined,
    written: false,
    sentBytes: 0,
    failures: 0,
    strayed: false,
    overrun: undefined,
  };
};

/** From now on anything may stand there. */
export function touch(state: RegionState, range: FlashRange): void {
  const { touched } = state;
  const address = Math.min(range.address, touched?.address ?? range.address);
  const end = Math.max(rangeEnd(range), touched ? rangeEnd(touched) : 0);
  state.touched = { address, size: end - address };
  state.status = "partial";
  state.written = true;
}

/** Whether something may have been hit that has nothing to do with the region. */
export const hasStrayed = ({ strayed, overrun }: RegionState): boolean => strayed || overrun !== undefined;

export const outcomeOf = ({ region, range, md5, status }: RegionState): RegionOutcome => ({
  ...range,
  name: region.name,
  action: region.kind,
  status,
  md5,
});
