import type { MeterReading } from "../../device/flows/meter";
import type { Device } from "../device";
import type { Confirmation } from "./confirmation";
import type { Verdict } from "./verdict";

/** Where a board's story is kept. */
export interface BoardLog {
  info(line: string): void;
  error(line: string): void;
  trace(line: string): void;
}

/** The window in which the user sees a job, says yes and watches it. */
export interface FlashWindow {
  /** Runs something whose progress is seen and that can be cancelled. */
  progress<T>(title: string, work: WatchedWork<T>): Promise<T>;
  /** Shows everything; whether the user wants it. */
  confirm(asked: Confirmation): Promise<boolean>;
  /** Shows how it ended; whether the user wants the job done again. */
  tell(verdict: Verdict, options: { readonly mac: string; readonly canResume: boolean }): Promise<boolean>;
  log(mac: string): BoardLog;
  /** Milliseconds that only grow. */
  now(): number;
}

export type WatchedWork<T> = (signal: AbortSignal, report: (reading: MeterReading) => void) => Promise<T>;

export type FlashDevice = Pick<Device, "findBoard" | "prepared" | "perform">;
