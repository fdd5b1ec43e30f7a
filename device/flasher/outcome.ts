import type { FlashRange } from "../../core/job/range";

/**
 * What is known of a region of a job. `verified`: the board's own MD5 is the one that was wanted. `different`: it is not.
 * `in use`: it was to be blank until the board starts, and is blank no more; only a comparison says so. `partial`: it
 * was begun, so anything may be there. `untouched`: nothing of it was written or erased.
 */
export type RegionStatus = "verified" | "in use" | "different" | "partial" | "untouched";

/** Whether the region is as the job leaves it, or as the board's own programs have left it since. */
export const isAsWanted = ({ status }: Pick<RegionOutcome, "status">): boolean =>
  status === "verified" || status === "in use";

export interface RegionOutcome extends FlashRange {
  readonly name: string;
  readonly action: "write" | "erase";
  readonly status: RegionStatus;
  /** Of what was wanted there, 32 hex digits. */
  readonly md5: string;
}
