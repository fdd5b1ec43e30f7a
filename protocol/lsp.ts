import type { CaseReplay } from "../core/sim/report";
import type { CommandId } from "./commands";
import type { SimulationFinding, SimulationWish } from "./simulation";

/** The `languageId` of partition tables. Files of other languages count by their name. */
export const languageId = "esp-partitions";

/** `initializationOptions` of the server; every field may be missing. */
export interface InitializationOptions {
  /** Commands that the client implements. */
  readonly commands?: readonly CommandId[];
  /** Whether the client wants `crossflash/surroundings`. */
  readonly surroundings?: boolean;
  /** The settings below `crossflash`, for clients without `workspace/configuration`. */
  readonly settings?: unknown;
}

/** What stands around a partition table: enough for a status item that has no logic of its own. */
export interface SurroundingsParams {
  readonly uri: string;
  /** Version of the document that this was computed for. */
  readonly version: number;
  /** What the table is in its project: to be replaced, to be written, or without a project. */
  readonly role: "source" | "target" | "alone";
  readonly manifestUri?: string | undefined;
  readonly micropython?: MicroPythonStatus | undefined;
  readonly header?: HeaderStatus | undefined;
  /** How many problems of severity error the table has: with any, nothing is exported. */
  readonly errors: number;
}

export interface MicroPythonStatus {
  readonly uri?: string | undefined;
  /** The path as the manifest spells it. */
  readonly name: string;
  /** `MicroPython v1.23.0`, or the path where the file does not say. */
  readonly title: string;
  /** `fits ota_1, 108 KB free`, or why it does not fit, as a phrase. */
  readonly fit: string;
  readonly fits: boolean;
}

export interface HeaderStatus {
  readonly uri: string;
  readonly state: HeaderState;
}

/** Whether the header holds the table as it is now; `missing` where there is no such file yet. */
export type HeaderState = "in-sync" | "out-of-date" | "unreadable" | "missing";

/** Notifications of the server beyond the protocol: method to parameters. */
export interface ServerNotifications {
  /** Sent for each open table when what stands around it changed. */
  "crossflash/surroundings": SurroundingsParams;
}

/** Gives the two ends one spelling of a method and its parameters. */
export const surroundingsMethod = "crossflash/surroundings" satisfies keyof ServerNotifications;

/** Requests of a client beyond the protocol: method to parameters and result. `null`: it failed, and the log says why. */
export interface ServerRequests {
  /** Partial results are whole: all that was found so far. */
  "crossflash/simulate": [SimulateParams, SimulationFinding | null];
  "crossflash/simulateCase": [SimulateCaseParams, CaseReplay | null];
}

/** A migration as it is on the disk, so that the command line finds the same. */
export interface SimulateParams {
  /** The manifest. */
  readonly uri: string;
  readonly wish: SimulationWish;
  readonly partialResultToken?: string | number;
  readonly workDoneToken?: string | number;
}

export interface SimulateCaseParams {
  readonly uri: string;
  readonly id: string;
}

export const simulateMethod = "crossflash/simulate" satisfies keyof ServerRequests;
export const simulateCaseMethod = "crossflash/simulateCase" satisfies keyof ServerRequests;
