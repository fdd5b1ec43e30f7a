import type { Route } from "../../core/migrate/plan/plan";
import type { MigrationPlace } from "../../core/migrate/read/parts";
import { readMigration } from "../../core/migrate/read/readMigration";
import type { Files } from "../../core/project/surroundings";
import { failure, type Result, success } from "../../core/result";
import { parseCase } from "../../core/sim/cases/parseCase";
import { replayCase } from "../../core/sim/replay/replay";
import type { CaseReplay, Procedure, Schedule, SimulationReport } from "../../core/sim/report";
import { simulatedDevices } from "../../core/sim/scenario/devices";
import { makeScenarios } from "../../core/sim/scenario/makeScenarios";
import type { Scenario } from "../../core/sim/scenario/scenario";
import { type SimulationProgress, simulate, simulationRefusal } from "../../core/sim/simulate";
import { counted } from "../../core/text/units";
import type { PlannedRoute, SimulationFinding, SimulationWish } from "../../protocol/simulation";
import { inTurns } from "./turns";

/*
 * A bundle of its own, loaded with the first simulation: the server starts without planner and simulator.
 */

/** A migration that can be simulated. */
export interface SimulatedMigration {
  readonly scenarios: readonly Scenario[];
  readonly routes: readonly PlannedRoute[];
}

/** Reads a migration and puts its devices up; why it cannot, as a sentence. */
export async function readScenarios(
  place: MigrationPlace,
  procedure: Procedure,
  files: Files,
): Promise<Result<SimulatedMigration, "refused">> {
  const read = await readMigration(place, {}, files);
  if (!read.ok) return refused(read.message);
  const { plan } = read.value;
  const errors = plan.problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    return refused([planWords(errors.length), ...errors.map(({ message }) => message)].join(" "));
  const scenarios = makeScenarios(read.value, { procedure, ...simulatedDevices(read.value.question) });
  if (!scenarios.ok) return refused(scenarios.message);
  const routes = procedure === "safe" ? plan.routes.map(plannedRoute) : [];
  return success({ scenarios: scenarios.value, routes });
}

const refused = (message: string) => failure("refused", 0, message);

const planWords = (errors: number): string =>
  `The plan has ${counted(errors, "error")}, so nothing is simulated.`;

const plannedRoute = ({ start, pointOfNoReturn, steps }: Route): PlannedRoute => ({
  start,
  pointOfNoReturn,
  steps: steps.map(({ id, title, does }) => ({ id, title, does })),
});

/** What a host is told while it simulates. */
export interface SimulationListener {
  readonly isCancelled: () => boolean;
  /** All that was found so far, and the share of the work that is done, from 0 to 1. */
  readonly tell: (found: SimulationFinding, share: number) => void;
}

/** Simulates, and gives other requests their turn meanwhile; undefined where it was cancelled. */
export async function simulateInTurns(
  { scenarios, routes }: SimulatedMigration,
  wish: SimulationWish,
  { isCancelled, tell }: SimulationListener,
): Promise<Result<SimulationFinding, "refused"> | undefined> {
  const schedule = scheduleOf(wish);
  const refusal = simulationRefusal(scenarios, schedule);
  if (refusal !== undefined) return refused(refusal);
  const work = simulate(scenarios, { schedule });
  const report = await inTurns<SimulationProgress, SimulationReport>(work, {
    isCancelled,
    tell: ({ report, done, pieces }) => tell({ report: report(), routes }, done / pieces),
  });
  return report && success({ report, routes });
}

/** Plays one case again. */
export function replay({ scenarios }: SimulatedMigration, id: string): Result<CaseReplay, "refused"> {
  const what = parseCase(id);
  const replayed = what.ok ? replayCase(scenarios, what.value) : what;
  return replayed.ok ? replayed : refused(replayed.message);
}

/** The procedure of a case, by its id; undefined where it is none. */
export function procedureOf(id: string): Procedure | undefined {
  const what = parseCase(id);
  return what.ok ? what.value.procedure : undefined;
}

const scheduleOf = ({ schedule, seed }: SimulationWish): Schedule =>
  schedule === "random" ? { kind: schedule, seed } : { kind: schedule };
