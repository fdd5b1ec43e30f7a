import { DEFAULT_FLEET, expectedLosses, type Fleet } from "./losses";
import { type Schedule, type SimulationReport, verdicts } from "./report";
import type { Scenario } from "./scenario/scenario";
import { planned, scheduleRefusal } from "./schedule/planned";
import type { PlannedSchedule } from "./schedule/schedule";
import { badCases, isBad } from "./summary/badCases";
import { conclusionOf } from "./summary/conclusion";
import { declaredLosses } from "./summary/declaredLosses";
import { startReport } from "./summary/startReport";
import { type Subject, subjectOf } from "./sweep/subject";
import type { TriedCase } from "./sweep/tried";
import { verdictWords } from "./verdict";

export interface SimulationOptions {
  readonly schedule: Schedule;
  readonly fleet?: Fleet | undefined;
}

export interface SimulationProgress {
  /** Pieces of the work, and how many there are. */
  readonly done: number;
  readonly pieces: number;
  readonly cases: number;
  /** Cases that somebody has to look at. */
  readonly bad: number;
  /** Of all that was tried so far, for a host that shows it meanwhile. */
  readonly report: () => SimulationReport;
}

/** Why these devices are not simulated so, as a sentence; undefined where they are. */
export const simulationRefusal = (scenarios: readonly Scenario[], schedule: Schedule): string | undefined =>
  schedule.kind === "pairs" ? scheduleRefusal(scenarios.map(subjectOf), schedule) : undefined;

/**
 * Tries all cases of a schedule. A generator, so that a host can show how far it is, and stop it: `next(true)` gives the
 * report of what was tried until then. What comes out follows from the arguments alone. See `simulationRefusal`
 * before.
 */
export function* simulate(
  scenarios: readonly Scenario[],
  { schedule, fleet = DEFAULT_FLEET }: SimulationOptions,
): Generator<SimulationProgress, SimulationReport, boolean | undefined> {
  const subjects = scenarios.map(subjectOf);
  const work = planned(subjects, schedule);
  const tried: TriedCase[] = [];
  let [done, bad] = [0, 0];
  const report = (): SimulationReport => reportOf(subjects, tried, { work, done, schedule, fleet });
  for (const cases of work.tried()) {
    tried.push(...cases);
    done++;
    bad += cases.filter(isBad).length;
    if ((yield { done, pieces: work.pieces, cases: tried.length, bad, report }) === true) break;
  }
  return report();
}

interface Work extends Required<SimulationOptions> {
  readonly work: PlannedSchedule;
  readonly done: number;
  readonly fleet: Fleet;
}

function reportOf(
  subjects: readonly Subject[],
  tried: readonly TriedCase[],
  { work, done, schedule, fleet }: Work,
): SimulationReport {
  const isPartial = done < work.pieces;
  const starts = subjects.map((subject) =>
    startReport(
      subject,
      tried.filter((one) => one.subject === subject),
    ),
  );
  const operations = starts.map((start) => start.operations);
  return {
    form: "crossflash-simulation-1",
    procedure: subjects[0]?.scenario.procedure ?? "safe",
    schedule,
    starts,
    totals: verdicts.map((verdict) => ({
      verdict,
      cases: tried.filter((one) => one.verdict === verdict).length,
      means: verdictWords[verdict],
    })),
    coverage: {
      tried: tried.length,
      planned: isPartial && done > 0 ? Math.round((tried.length * work.pieces) / done) : tried.length,
      isPartial,
      sentences: [...work.sentences, ...subjects.flatMap(leftOut)],
    },
    badCases: badCases(tried),
    losses:
      schedule.kind === "exhaustive" ? expectedLosses(fleet, operations) : declaredLosses(fleet, operations),
    conclusion: conclusionOf(subjects, tried, isPartial),
  };
}

const leftOut = ({ scenario: { start }, clean, swept }: Subject): string[] =>
  swept === clean.operations.length
    ? []
    : [
        `From '${start.name}' the device does the same for ever: its first ${swept} operations were cut, of ${clean.operations.length} until the simulation gave up.`,
      ];
