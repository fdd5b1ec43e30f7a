import { expect } from "vitest";
import { chipById } from "../../../core/chip/targets";
import { noFacts } from "../../../core/facts";
import type { PlanInput } from "../../../core/migrate/plan/plan";
import { parseCase } from "../../../core/sim/cases/parseCase";
import { replayCase } from "../../../core/sim/replay/replay";
import type {
  CaseReplay,
  CaseVerdict,
  Procedure,
  Schedule,
  SimulationReport,
} from "../../../core/sim/report";
import { makeScenarios, type ScenarioOptions } from "../../../core/sim/scenario/makeScenarios";
import type { Scenario } from "../../../core/sim/scenario/scenario";
import { simulate } from "../../../core/sim/simulate";
import { inputOf } from "../../core/migrate/plan/plans";
import { entriesOf } from "../../core/migrate/stockTables";

/** The example of the documents: 4 MB, Arduino's table, the layout and the MicroPython of the published procedure. */
export const documented: PlanInput = inputOf({ repartitioner: 800_000 });

/** The same on 1 MB with slots of 64 KB: few operations, so that a whole schedule takes no time. */
export const small: PlanInput = {
  source: {
    entries: entriesOf(smallTable(0x10000, "spiffs, data, spiffs, 0x30000, 0x20000")),
    tableOffset: 0x8000,
  },
  target: entriesOf(smallTable(0x20000, "vfs, data, fat, 0x40000, 0x10000")),
  images: { repartitioner: { size: 9_000, sha256: "aa" }, micropython: { size: 13_000, sha256: "bb" } },
  facts: { ...noFacts, flashSize: 0x100000, chip: chipById("esp32") },
};

function smallTable(second: number, rest: string): string {
  return `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x10000
app1, app, ota_1, 0x20000, ${second}
${rest}`;
}

export function scenariosOf(input: PlanInput, options: ScenarioOptions): readonly Scenario[] {
  const scenarios = makeScenarios(input, options);
  if (!scenarios.ok) throw new Error(scenarios.message);
  return scenarios.value;
}

export interface Sweep {
  readonly input?: PlanInput;
  readonly procedure?: Procedure;
  readonly schedule: Exclude<Schedule["kind"], "random"> | number;
  readonly options?: Partial<ScenarioOptions>;
}

/** Of the documented example, which several tests look at. */
const known = new Map<string, SimulationReport>();

/** Everything that a schedule finds; a number is the seed of chance. */
export function swept(sweep: Sweep): SimulationReport {
  if (sweep.input !== documented || sweep.options) return sweptAnew(sweep);
  const key = `${sweep.procedure ?? "safe"} ${sweep.schedule}`;
  const report = known.get(key) ?? sweptAnew(sweep);
  known.set(key, report);
  return report;
}

function sweptAnew({ input = small, procedure = "safe", schedule, options }: Sweep): SimulationReport {
  const kind: Schedule =
    typeof schedule === "number" ? { kind: "random", seed: schedule } : { kind: schedule };
  const steps = simulate(scenariosOf(input, { procedure, ...options }), { schedule: kind });
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The verdicts that occur, without those that nobody has to look at. */
export const endings = ({ totals }: SimulationReport): readonly CaseVerdict[] =>
  totals.flatMap(({ verdict, cases }) => (cases > 0 ? [verdict] : []));

/** A sweep ends with these verdicts and no other, and what is bricked or stuck is what the plan declares. */
export function checkAsDeclared(sweep: Sweep, verdicts: readonly CaseVerdict[]): SimulationReport {
  const report = swept(sweep);
  const found = report.starts.map(({ hazard: { undeclared, stale } }) => ({ undeclared, stale }));
  expect(found).toEqual(found.map(() => ({ undeclared: [], stale: [] })));
  expect(endings(report)).toEqual(verdicts);
  expect(report.conclusion.isAsDeclared).toBe(true);
  return report;
}

/** The case with this id ends so, in a sentence that holds these words. */
export function checkCase(
  id: string,
  verdict: CaseVerdict,
  words: string,
  given: { readonly input?: PlanInput; readonly options?: Partial<ScenarioOptions> } = {},
): CaseReplay {
  const found = replayed(id, given);
  expect({ id: found.id, verdict: found.verdict }).toEqual({ id, verdict });
  expect(found.narrative.join("\n")).toContain(words);
  return found;
}

/** A scenario never changes, so many cases share it. */
const shared = new Map<string, readonly Scenario[]>();

function sharedScenarios(input: PlanInput, procedure: Procedure): readonly Scenario[] {
  if (input !== documented && input !== small) return scenariosOf(input, { procedure });
  const key = `${procedure} ${input === small}`;
  const scenarios = shared.get(key) ?? scenariosOf(input, { procedure });
  shared.set(key, scenarios);
  return scenarios;
}

function replayed(
  id: string,
  { input = small, options }: { readonly input?: PlanInput; readonly options?: Partial<ScenarioOptions> },
): CaseReplay {
  const what = parseCase(id);
  if (!what.ok) throw new Error(what.message);
  const { procedure } = what.value;
  const scenarios = options
    ? scenariosOf(input, { procedure, ...options })
    : sharedScenarios(input, procedure);
  const replay = replayCase(scenarios, what.value);
  if (!replay.ok) throw new Error(replay.message);
  return replay.value;
}
