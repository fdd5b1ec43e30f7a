import { arrivalSlot, rolesOf, startableApps } from "../roles";
import { castOf, isWhole } from "./cast";
import { FLASH_BASIS } from "./flashCost";
import type { MigrationPlan, PlanInput, PlanProblem } from "./plan";
import { planProblem, problemsOf } from "./problems";
import { routeFrom } from "./route";

/**
 * The steps that take a device from its firmware to MicroPython, in the order that puts nothing but the sector of the
 * table at risk, from each slot from which it may run. With an error among the problems there are none.
 */
export function planMigration(input: PlanInput): MigrationPlan {
  const { entries, runningSlot } = input.source;
  const found = rolesOf(entries);
  if (!found.ok) return refused([planProblem("migration-source", "error", found.message)]);
  const roles = found.value;
  const apps = startableApps(entries);
  const starts = runningSlot === undefined ? apps : apps.filter(({ name }) => name === runningSlot);
  if (starts.length === 0) return refused([unknownStart(runningSlot)]);
  const cast = castOf(input, roles);
  const problems = problemsOf({ input, source: entries, target: input.target, roles, cast, starts });
  if (!isWhole(cast) || problems.some(({ severity }) => severity === "error")) return refused(problems);
  const routes = starts.flatMap((start) => {
    const arrival = arrivalSlot(roles, start);
    return arrival ? [routeFrom({ input, cast, start, arrival })] : [];
  });
  return { problems, routes, basis: FLASH_BASIS };
}

const refused = (problems: readonly PlanProblem[]): MigrationPlan => ({
  problems,
  routes: [],
  basis: FLASH_BASIS,
});

const unknownStart = (name = ""): PlanProblem =>
  planProblem(
    "migration-running-slot-unknown",
    "error",
    `No app can run from '${name}', because the source table has no such app partition. Name one that it has.`,
  );
