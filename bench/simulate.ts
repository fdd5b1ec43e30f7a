import { chipById } from "../core/chip/targets";
import { noFacts } from "../core/facts";
import type { PlanInput } from "../core/migrate/plan/plan";
import type { Procedure, Schedule, SimulationReport } from "../core/sim/report";
import { makeScenarios } from "../core/sim/scenario/makeScenarios";
import { simulate } from "../core/sim/simulate";
import { inputOf } from "../test/core/migrate/plan/plans";
import { entriesOf } from "../test/core/migrate/stockTables";
import type { Figure } from "./figure";

/** Seconds for the document's example, both start slots, at every place of every operation. */
const BUDGET = 10;

/** Ratios: of the sweeps to their budget, of other sizes of flash to 4 MB, both in this process. */
export function simulationFigures(): Figure[] {
  const documented = inputOf({ repartitioner: 800_000 });
  const timed = (procedure: Procedure, kind: "exhaustive" | "recovery" | "network") =>
    sweep(documented, procedure, { kind });
  const exhaustive = timed("safe", "exhaustive");
  return [
    budgeted("every cut of the document's example, safe", exhaustive),
    budgeted("the same, published", timed("published", "exhaustive")),
    plain("a second cut during recovery", timed("safe", "recovery")),
    plain("every fault of the network", timed("safe", "network")),
    ...growth(),
  ];
}

interface Timed {
  readonly seconds: number;
  readonly cases: number;
}

function sweep(input: PlanInput, procedure: Procedure, schedule: Schedule): Timed {
  const start = performance.now();
  const { coverage } = reportOf(input, procedure, schedule);
  return { seconds: (performance.now() - start) / 1000, cases: coverage.tried };
}

function reportOf(input: PlanInput, procedure: Procedure, schedule: Schedule): SimulationReport {
  const scenarios = makeScenarios(input, { procedure });
  if (!scenarios.ok) throw new Error(scenarios.message);
  const steps = simulate(scenarios.value, { schedule });
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

const rate = ({ seconds, cases }: Timed): string => `${Math.round(cases / seconds)} cases/s`;

const budgeted = (what: string, timed: Timed): Figure => ({
  what: `${what}, ${rate(timed)}`,
  value: `${timed.seconds.toFixed(1)} s`,
  ratio: timed.seconds / BUDGET,
  budget: "1",
  isOver: timed.seconds > BUDGET,
});

const plain = (what: string, timed: Timed): Figure => ({
  what: `${what}, ${rate(timed)}`,
  value: `${timed.seconds.toFixed(1)} s`,
  isOver: false,
});

const MEGABYTES = [4, 2, 8, 16] as const;

/** The same images in slots that grow with the flash. */
function growth(): Figure[] {
  const timed = MEGABYTES.map((megabytes) => sweep(sized(megabytes), "safe", { kind: "exhaustive" }));
  const [unit] = timed;
  return timed.map((one, index) => ({
    what: `every cut on ${MEGABYTES[index]} MB, ${one.cases} cases`,
    value: `${one.seconds.toFixed(1)} s`,
    ratio: one.seconds / (unit?.seconds ?? 1),
    isOver: false,
  }));
}

function sized(megabytes: number): PlanInput {
  const flashSize = megabytes * 0x100000;
  const slot = Math.floor((flashSize * 0.3) / 0x10000) * 0x10000;
  const rest = 0x10000 + 2 * slot;
  const rows = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, ${slot}
app1, app, ota_1, ${0x10000 + slot}, ${slot}`;
  return {
    source: {
      entries: entriesOf(`${rows}\nspiffs, data, spiffs, ${rest}, ${flashSize - rest}`),
      tableOffset: 0x8000,
    },
    target: entriesOf(`${rows}\nvfs, data, fat, ${rest}, ${flashSize - rest}`),
    images: {
      repartitioner: { size: 300_000, sha256: "aa" },
      micropython: { size: 500_000, sha256: "bb" },
    },
    facts: { ...noFacts, flashSize, chip: chipById("esp32") },
  };
}
