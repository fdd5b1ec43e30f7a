import type { Range, StepId } from "../migrate/plan/plan";
import type { Position } from "./cases/position";

export type { Range };

/**
 * What a simulation found out, as plain data without functions and without bytes: the command line, the view and JSON all
 * show this. Offsets and sizes in bytes, times in seconds.
 */
export interface SimulationReport {
  readonly form: "crossflash-simulation-1";
  readonly procedure: Procedure;
  /** Which faults were tried. */
  readonly schedule: Schedule;
  /** One for each app partition from which the devices may run today. */
  readonly starts: readonly StartReport[];
  /** All verdicts, from the best to the worst, with how many cases ended so; also those that none did. */
  readonly totals: readonly VerdictTotal[];
  readonly coverage: Coverage;
  /** Every case that ended worse than declared, and those of the hazard window; the worst first. */
  readonly badCases: readonly BadCase[];
  readonly losses: ExpectedLosses;
  readonly conclusion: SimulationConclusion;
}

/** `safe`: that of the plan. `published`: that of github.com/insighio/esp-idf-repartitioner, as it was published. */
export type Procedure = "safe" | "published";

/**
 * `exhaustive`: one cut before, inside and after every operation. `recovery`: a second one while the device recovers from
 * the first. `pairs`: all pairs of cuts. `lives`: power fails after one operation, then after two more, then after three, …
 * `random`: chains of cuts from a seed. `network`: no cut, but every fault of the server and of Wi-Fi.
 */
export type Schedule =
  | { readonly kind: "exhaustive" | "recovery" | "pairs" | "lives" | "network" }
  | { readonly kind: "random"; readonly seed: number };

/** From the best to the worst; `verdictWords` says what each means for people. */
export const verdicts = [
  "completes",
  "resumes",
  "falls-back",
  "stuck-reachable",
  "stuck",
  "bricked",
] as const;

export type CaseVerdict = (typeof verdicts)[number];

export interface VerdictTotal {
  readonly verdict: CaseVerdict;
  readonly cases: number;
  /** One sentence: what the device does, and how somebody recovers it. */
  readonly means: string;
}

/** What the migration does from one slot without a fault, and what a fault at each of its operations leads to. */
export interface StartReport {
  /** Name of the partition. */
  readonly start: string;
  /** What stands for it in the id of a case: `ota_0`, `factory`. */
  readonly slot: string;
  readonly clean: CleanReport;
  readonly operations: readonly OperationReport[];
  readonly hazard: HazardReport;
}

/** The run without a fault. */
export interface CleanReport {
  readonly id: string;
  readonly verdict: CaseVerdict;
  readonly lives: number;
  /** Names of partitions that stand where they stood, but do not hold any more what the firmware kept in them. */
  readonly lost: readonly string[];
}

export type SimulatedStep = StepId | "go-back";
export type SimulatedApp = "firmware" | "repartitioner" | "micropython" | "bootloader";

/** An erase or a write of the run without a fault. */
export interface OperationReport {
  /** From 0, over all lives; the number in the id of a case. */
  readonly index: number;
  readonly op: "erase" | "write";
  readonly offset: number;
  readonly size: number;
  /** Name of the partition that it begins in, under the table that is then in flash; the table itself is `partition table`. */
  readonly place: string | undefined;
  readonly step: SimulatedStep | undefined;
  readonly app: SimulatedApp;
  /** From 0: how often the device had started before. */
  readonly life: number;
  /** What it takes by the datasheet. */
  readonly seconds: Range;
  /** The worst of its cuts; undefined where none was tried. */
  readonly verdict: CaseVerdict | undefined;
  readonly isHazard: boolean;
  /** The cuts that were tried at it, in the order of time. */
  readonly cuts: readonly CutReport[];
}

export interface CutReport {
  readonly id: string;
  readonly at: Position;
  readonly verdict: CaseVerdict;
  /** Whether the plan declares that the device does not survive this cut. */
  readonly isDeclared: boolean;
}

/**
 * What the plan declares, and what was found: the window in which the table is written bricks, and a first start of
 * MicroPython that is cut short may leave half a filesystem, with which it is stuck.
 */
export interface HazardReport {
  readonly step: StepId;
  /** The operations that it spans, both ends included; undefined where the run does not come so far. */
  readonly operations: { readonly first: number; readonly last: number } | undefined;
  readonly seconds: Range;
  /** How many of the cases that were tried the plan declares as bricked, and how many were. */
  readonly declared: number;
  readonly bricked: number;
  /** The same of those that are stuck with half a filesystem. */
  readonly declaredStuck: number;
  readonly stuck: number;
  /** Ids of cases that end bricked or stuck although the plan does not declare it. */
  readonly undeclared: readonly string[];
  /** Ids of cases that the plan declares although the device survives them. */
  readonly stale: readonly string[];
}

export interface Coverage {
  /** Cases that were tried, and how many there are in this schedule; fewer where it was cancelled. */
  readonly tried: number;
  readonly planned: number;
  readonly isPartial: boolean;
  /** What was tried, and what was not, as sentences. */
  readonly sentences: readonly string[];
}

export interface BadCase {
  readonly id: string;
  readonly start: string;
  readonly verdict: CaseVerdict;
  readonly isDeclared: boolean;
  /** The step that was cut last, where there was a cut. */
  readonly step: SimulatedStep | undefined;
  /** One sentence: what failed where, and how the device ended. */
  readonly words: string;
}

/** Of a fleet. See `expectedLosses`. */
export interface ExpectedLosses {
  readonly devices: number;
  /** Power cuts per device and day. */
  readonly cutRate: number;
  /** Seconds of the migration in which a cut bricks the device, or leaves it stuck; the worst start slot counts. */
  readonly brickedSeconds: Range;
  readonly stuckSeconds: Range;
  /** Devices that have to be opened, and those that somebody has to visit or switch off and on. */
  readonly bricked: Range;
  readonly stuck: Range;
  readonly assumptions: readonly string[];
}

export interface SimulationConclusion {
  /** Whether every device comes to MicroPython without a fault, and bricked and stuck are exactly those that the plan declares. */
  readonly isAsDeclared: boolean;
  readonly sentences: readonly string[];
}

/** One case, step by step: what somebody would see who holds the device in the hand. */
export interface CaseReplay {
  readonly id: string;
  readonly verdict: CaseVerdict;
  readonly start: string;
  readonly lives: readonly ReplayedLife[];
  /** The operations around each cut. */
  readonly around: readonly ReplayedOperation[];
  /** What the flash holds when power fails for the last time, in its order; undefined where it does not. */
  readonly cutFlash: readonly ReplayedRegion[] | undefined;
  /** The same at the end. */
  readonly flash: readonly ReplayedRegion[];
  /** How it ended and how somebody recovers the device, as sentences. */
  readonly narrative: readonly string[];
}

export interface ReplayedLife {
  readonly number: number;
  readonly app: SimulatedApp | undefined;
  /** Name of the partition that it ran from. */
  readonly from: string | undefined;
  readonly end: "restart" | "cut" | "idle" | "waiting" | "no-boot" | "unknown-app" | "limit";
  /** As the device prints it on its serial port. */
  readonly log: readonly string[];
  /** Erases and writes that it did. */
  readonly operations: number;
  /** Lines that were left out: what was said again and again, and the beginning of a long log. */
  readonly leftOut: number;
}

export interface ReplayedOperation
  extends Pick<OperationReport, "index" | "op" | "offset" | "size" | "place" | "step" | "app" | "life"> {
  readonly cut: Position | undefined;
}

export interface ReplayedRegion {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  /** What it holds, in words: `target table`, `MicroPython`, `blank`, … */
  readonly holds: string;
}
