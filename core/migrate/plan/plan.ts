import type { Facts } from "../../facts";
import type { Severity } from "../../rules/rule";
import type { PartitionEntry } from "../../table/entry";
import type { SourceTable } from "../solve/ground";

/** All that a plan follows from. Sizes in bytes. */
export interface PlanInput {
  readonly source: SourceTable & {
    /** Name of the app partition from which the devices run today; unknown: there is a route for each. */
    readonly runningSlot?: string | undefined;
  };
  readonly target: readonly PartitionEntry[];
  readonly images: { readonly repartitioner: PlannedRepartitioner; readonly micropython: PlannedImage };
  /** Flash size and chip of the devices, and what else is known of the binary. */
  readonly facts: Facts;
}

export interface PlannedImage {
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Before it is built only the size is known that it may have at most; then it has no SHA-256. */
export interface PlannedRepartitioner extends Omit<PlannedImage, "sha256"> {
  readonly sha256: string | undefined;
}

/** What happens to a device on the way to MicroPython, from each slot from which it may run today. */
export interface MigrationPlan {
  /** Why it must not be done, or what is lost by it; with an error among them there are no routes. */
  readonly problems: readonly PlanProblem[];
  readonly routes: readonly Route[];
  /** Where durations and wear come from. */
  readonly basis: string;
}

export type PlanProblemId =
  | "migration-source"
  | "migration-running-slot-unknown"
  | "migration-running-slot-moves"
  | "migration-otadata-moves"
  | "migration-nvs-moves"
  | "migration-table-end"
  | "migration-target"
  | "migration-overwrites-running-slot"
  | "migration-slot-unmapped"
  | "migration-readonly-place"
  | "migration-repartitioner-too-large"
  | "migration-micropython-too-large"
  | "migration-no-filesystem"
  | "migration-files-lost"
  | "migration-project"
  | "migration-no-self-update";

export interface PlanProblem {
  readonly id: PlanProblemId;
  readonly severity: Severity;
  readonly message: string;
  /** Name of the partition that it is about, where it is about one. */
  readonly partition?: string | undefined;
}

/** The steps of a device that runs from `start` today, in their order. */
export interface Route {
  readonly start: string;
  readonly steps: readonly MigrationStep[];
  /** The step during which power must not fail. */
  readonly hazardWindow: StepId;
  /** The step from which on the firmware of before cannot be started any more. */
  readonly pointOfNoReturn: StepId;
}

export type StepId =
  | "deliver-repartitioner"
  | "start-repartitioner"
  | "check-device"
  | "confirm-repartitioner"
  | "copy-to-runner"
  | "start-from-runner"
  | "settle-otadata"
  | "erase-filesystem"
  | "verify-table"
  | "write-table"
  | "reset"
  | "check-target"
  | "download-micropython"
  | "select-micropython"
  | "first-start";

export interface MigrationStep {
  readonly id: StepId;
  readonly title: string;
  /** Numbers of the steps of the published procedure that it stands for. */
  readonly published: readonly number[];
  /** What must hold before it; otherwise the repartitioner reports and stops. */
  readonly precondition: string;
  /** What it does and why. */
  readonly does: string;
  /** What changes in flash, in the order in which it does. */
  readonly flash: readonly FlashEffect[];
  /** What is downloaded. */
  readonly network?: Download | undefined;
  /** The apps that the bootloader can start after it, in the order in which it tries them. */
  readonly bootable: readonly BootableImage[];
  readonly powerLoss: { readonly during: string; readonly after: string };
  /** Erasing and writing, by the datasheet; downloads and resets come on top. */
  readonly seconds: Range;
  /** How often each sector that it touches is erased. */
  readonly eraseCycles: Range;
  readonly isHazardWindow: boolean;
  readonly isPointOfNoReturn: boolean;
}

/** In bytes of flash. */
export interface FlashEffect {
  readonly kind: "erase" | "write";
  readonly offset: number;
  readonly size: number;
  readonly what: string;
}

export interface Download {
  readonly image: ImageKind;
  readonly bytes: number;
}

export type ImageKind = "firmware" | "factory-app" | "repartitioner" | "micropython";

export interface BootableImage {
  readonly image: ImageKind;
  /** Name of the partition. */
  readonly slot: string;
}

/** From what is typical up to the longest or most. */
export interface Range {
  readonly typical: number;
  readonly most: number;
}
