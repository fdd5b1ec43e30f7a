import type { Severity } from "../rules/rule";
import type { BoardIdentity, PresentBoard } from "./board";
import type { FlashJob } from "./job";

/** Every problem that preflight can find, by id. */
export type JobProblemId =
  | "regions"
  | "wrong-chip"
  | "flash-size-unknown"
  | "flash-too-small"
  | "flash-encryption"
  | "secure-boot"
  | "security-unknown"
  | "other-board"
  | "bootloader-offset"
  | "bootloader-missing"
  | "too-large"
  | "image"
  | "image-kind"
  | "image-chip"
  | "image-revision"
  | "image-flash-size"
  | "app-alignment"
  | "no-partition"
  | "table"
  | "table-beyond-flash"
  | "table-rule"
  | "table-elsewhere"
  | "no-app"
  | "starts-other"
  | "otadata-missing";

/** Why a job should not, or an error: must not, be done to a board: what, where, and what to do. */
export interface JobProblem {
  readonly id: JobProblemId;
  /** Errors stop the job; nothing is written. */
  readonly severity: Severity;
  readonly message: string;
  /** Flash address in bytes, where the problem has a place. */
  readonly address?: number | undefined;
}

/** All that preflight may look at. */
export interface Flight {
  readonly job: FlashJob;
  readonly board: BoardIdentity;
  readonly present: PresentBoard;
}

export type JobCheck = (flight: Flight) => readonly JobProblem[];

export const jobProblem = (
  id: JobProblemId,
  severity: Severity,
  message: string,
  address?: number,
): JobProblem => ({ id, severity, message, address });

/** The problem in a list, or an empty list: most checks find one or none. */
export const problemIf = (holds: boolean, problem: () => JobProblem): readonly JobProblem[] =>
  holds ? [problem()] : [];
