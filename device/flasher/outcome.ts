import type { FlashRange } from "../../core/job/range";

/**
 * What is known of a region of a job. `verified`: the board's own MD5 is the one that was wanted. `different`: it is not.
 * `partial`: it was begun, so anything may be there. `untouched`: nothing of it was written or erased.
 */
export type RegionStatus = "verified" | "different" | "partial" | "untouched";

export interface RegionOutcome extends FlashRange {
  readonly name: string;
  readonly action: "write" | "erase";
  readonly status: RegionStatus;
  /** Of what was wanted there, 32 hex digits. */
  readonly md5: string;
}
