import type { StepId } from "../migrate/plan/plan";

/**
 * A migration is two updates for a fleet server. They follow from what a repartitioner reports, one line a step, never
 * from what a server believes to have delivered.
 */
export interface Stage {
  readonly id: StageId;
  /** 1 or 2. */
  readonly order: number;
  readonly image: "repartitioner" | "micropython";
  /** Through what the image comes onto a device. */
  readonly channel: string;
  /** What must hold for a device before it gets the image. */
  readonly gate: Gate | null;
  /** What ends the stage for a device. */
  readonly done: Gate;
  /**
   * The reports after which somebody has to look at the device, and the rollout had better stop. Some of them are tried
   * again by the repartitioner; a download that failed is none of them.
   */
  readonly failures: readonly ReportPattern[];
}

type StageId = "table" | "micropython";

interface Gate {
  readonly sentence: string;
  readonly report: ReportPattern;
  /** What the fleet server keeps of it for each device. */
  readonly attribute: Attribute;
}

/** A line of the repartitioner; `go-back` is in its log only, and in no plan. */
export interface ReportPattern {
  readonly step: StepId | "go-back";
  readonly result: "started" | "ok" | "failed" | "stopped";
}

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** The last step and its result, kept of every line. */
export const STEP_ATTRIBUTE = "crossflash_step";

/**
 * `check-target` comes from the boot after the table was written: the repartitioner has read back the table and the
 * blank filesystem area, and runs from where it has to. Before that, a downloaded image means nothing.
 */
const tableVerified = (version: string): Gate => ({
  sentence:
    "The device has started with the new partition table, and the repartitioner has compared it with the target table byte for byte.",
  report: { step: "check-target", result: "ok" },
  attribute: { name: "crossflash_table", value: version },
});

const micropythonSelected = (version: string): Gate => ({
  sentence:
    "MicroPython was downloaded, its SHA-256 was compared, and the next start is its first one. That it runs, only the program on it can report.",
  report: { step: "select-micropython", result: "ok" },
  attribute: { name: "crossflash_micropython", value: version },
});

/**
 * The stages of a release. What is kept of a device is the version of the release: a device whose table was verified in an
 * earlier one, with another table, has not passed the gate of this one.
 */
export const stagesOf = (version: string): readonly Stage[] => [
  {
    id: "table",
    order: 1,
    image: "repartitioner",
    channel: "The update mechanism of the firmware that the devices have today.",
    gate: null,
    done: tableVerified(version),
    failures: [
      { step: "check-device", result: "stopped" },
      { step: "write-table", result: "failed" },
      { step: "go-back", result: "ok" },
      { step: "go-back", result: "failed" },
    ],
  },
  {
    id: "micropython",
    order: 2,
    image: "micropython",
    channel: "The download of the repartitioner, from the address that is built into it.",
    gate: tableVerified(version),
    done: micropythonSelected(version),
    failures: [{ step: "select-micropython", result: "failed" }],
  },
];

export const stageOf = (id: StageId, version: string): Stage => {
  const found = stagesOf(version).find((stage) => stage.id === id);
  if (!found) throw new Error(`There is no stage '${id}'.`);
  return found;
};

export const patternText = ({ step, result }: ReportPattern): string => `step=${step} result=${result}`;
