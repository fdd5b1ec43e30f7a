import type { BoardIdentity } from "../job/board";
import type { MigrationReport } from "../migrate/report/report";
import type { SimulationReport } from "../sim/report";
import type { Check } from "./checks";
import type { FollowedStep, MadeCut, Remark } from "./following";

/** A rehearsal to read and to sign. Plain data; the writers print it. Times in milliseconds. */
export interface RehearsalReport {
  readonly form: "crossflash-rehearsal-1";
  /** The same migration as in the plan: inputs with their hashes, tables, verdict, steps, fingerprint. */
  readonly migration: MigrationReport;
  readonly board: RehearsedBoard;
  /** What the simulation of the same inputs found; undefined where it was left out. */
  readonly simulation: SimulationCoverage | undefined;
  readonly runs: readonly RehearsalRun[];
  readonly result: RehearsalResult;
  /** ISO 8601. */
  readonly begunAt: string;
  readonly endedAt: string;
  readonly toolVersion: string;
}

export interface RehearsedBoard extends Pick<BoardIdentity, "mac"> {
  readonly chip: string;
  readonly isVirtual: boolean;
  /** What was not the real thing, as sentences; empty for a real board. */
  readonly standIns: readonly string[];
}

export type SimulationCoverage = Pick<SimulationReport, "schedule" | "totals" | "coverage" | "conclusion">;

/** From the field state to MicroPython, once. */
export interface RehearsalRun {
  /** Name of the app partition from which the board started. */
  readonly start: string;
  /** The cuts that were wanted, in words. */
  readonly planned: readonly string[];
  readonly steps: readonly FollowedStep[];
  readonly cuts: readonly MadeCut[];
  readonly unexpected: readonly Remark[];
  readonly remarks: readonly Remark[];
  readonly startedAt: number;
  readonly milliseconds: number;
  /** What was read back; empty where the board did not come so far. */
  readonly checks: readonly Check[];
  readonly result: RehearsalResult;
}

export interface RehearsalResult {
  readonly isPassed: boolean;
  /** Why it has not passed; whole sentences. */
  readonly reasons: readonly string[];
}

export type ReportedRehearsal = Omit<RehearsalReport, "form" | "result">;

/** A rehearsal passes where every run does, the plan has no errors, and the simulation found nothing that the plan does not declare. */
export function rehearsalReport(rehearsal: ReportedRehearsal): RehearsalReport {
  const { runs, simulation } = rehearsal;
  const reasons = [
    ...(runs.length === 0 ? ["No run came to its end."] : []),
    ...runs.flatMap(({ result }, index) =>
      result.reasons.map((reason) => (runs.length === 1 ? reason : `Run ${index + 1}: ${reason}`)),
    ),
    ...(simulation && !simulation.conclusion.isAsDeclared
      ? ["The simulation of the same migration found cases that the plan does not declare."]
      : []),
  ];
  return {
    form: "crossflash-rehearsal-1",
    ...rehearsal,
    result: { isPassed: reasons.length === 0, reasons },
  };
}

export const coverageOf = ({
  schedule,
  totals,
  coverage,
  conclusion,
}: SimulationReport): SimulationCoverage => ({ schedule, totals, coverage, conclusion });
