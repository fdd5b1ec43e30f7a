import { failure, type Result, success } from "../../result";
import type { SimulationCase } from "../cases/case";
import { caseId } from "../cases/caseId";
import type { CaseReplay } from "../report";
import { withFaults } from "../scenario/faults";
import type { Scenario } from "../scenario/scenario";
import { recoveryOf } from "../sweep/recovery";
import { subjectOf } from "../sweep/subject";
import { verdictOf } from "../verdict";
import { operationsAround } from "./around";
import { flashRegions } from "./flashRegions";
import { narrativeOf } from "./narrative";
import { replayedLives } from "./replayedLives";
import { type SeenLife, seeCase } from "./seeCase";

/** `slot`: the devices do not start from there. `no-such-cut`: the device comes to its end before. */
export type ReplayFault = "procedure" | "slot" | "no-such-cut";

/** Runs one case again and tells of it, start by start. */
export function replayCase(
  scenarios: readonly Scenario[],
  what: SimulationCase,
): Result<CaseReplay, ReplayFault> {
  const id = caseId(what);
  const fitting = scenarios.filter(({ procedure }) => procedure === what.procedure);
  const found = fitting.find(({ slot }) => slot === what.slot);
  if (fitting.length === 0)
    return failure(
      "procedure",
      0,
      `'${id}' is a case of the ${what.procedure} procedure. Simulate that one.`,
    );
  if (!found)
    return failure(
      "slot",
      0,
      `'${id}' starts from ${what.slot}, but these devices start from ${fitting.map(({ slot }) => slot).join(" or ")}.`,
    );
  const scenario = withFaults(found, what.faults);
  const seen = seeCase(scenario, what.cuts);
  if (!seen)
    return failure(
      "no-such-cut",
      0,
      `'${id}' cuts a place that the device never comes to: it does not do this operation, or the operation has no such byte. Take an id that a simulation of this very plan has shown.`,
    );
  return success(replayOf(found, scenario, what, seen));
}

function replayOf(
  original: Scenario,
  scenario: Scenario,
  what: SimulationCase,
  {
    lives,
    isCut,
    last,
  }: { readonly lives: readonly SeenLife[]; readonly isCut: boolean; readonly last: Scenario["state"] },
): CaseReplay {
  const { ending, lives: count } = recoveryOf(scenario)(isCut ? last : scenario.state);
  const verdict = verdictOf(ending, !isCut && count === subjectOf(original).outcome.lives);
  const end = lives.at(-1)?.run.state.flash ?? scenario.state.flash;
  return {
    id: caseId(what),
    verdict,
    start: scenario.start.name,
    lives: replayedLives(scenario, lives),
    around: operationsAround(scenario, lives),
    cutFlash: isCut ? flashRegions(scenario, last.flash) : undefined,
    flash: flashRegions(scenario, end),
    narrative: narrativeOf(scenario, what, ending, verdict),
  };
}
