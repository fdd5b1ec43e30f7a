import { expectedLosses } from "../../../core/sim/losses";
import {
  type CaseVerdict,
  type OperationReport,
  type SimulationReport,
  verdicts,
} from "../../../core/sim/report";
import { verdictWords } from "../../../core/sim/verdict";
import type { PlannedRoute, SimulationFinding, SimulationSnapshot } from "../../../protocol/simulation";

/** What becomes of the cuts before, in the middle of and after an operation, and which step it belongs to. */
export interface ToldOperation {
  readonly step: OperationReport["step"];
  readonly cuts?: readonly [CaseVerdict, CaseVerdict, CaseVerdict];
  readonly op?: OperationReport["op"];
  readonly app?: OperationReport["app"];
}

const positions = ["before", "middle", "after"] as const;

/** Operations of 4 KB one behind the other; an erase takes 50 ms, a write 10. */
export const operationsOf = (slot: string, told: readonly ToldOperation[]): OperationReport[] =>
  told.map(
    ({ step, cuts = ["resumes", "resumes", "resumes"], op = "write", app = "repartitioner" }, index) => ({
      index,
      op,
      offset: 0x8000 + index * 0x1000,
      size: 0x1000,
      place: "app1",
      step,
      app,
      life: 0,
      seconds: op === "erase" ? { typical: 0.05, most: 0.4 } : { typical: 0.01, most: 0.1 },
      verdict: verdicts.findLast((verdict) => cuts.includes(verdict)),
      isHazard: step === "write-table",
      cuts: cuts.map((verdict, at) => ({
        id: `safe:${slot}:${index}@${positions[at]}`,
        at: positions[at] ?? "before",
        verdict,
        isDeclared: verdict === "bricked",
      })),
    }),
  );

/** A migration in small: two start slots, a hazard window, and no way back from the copy on. */
export const told: readonly ToldOperation[] = [
  {
    step: "deliver-repartitioner",
    op: "erase",
    app: "firmware",
    cuts: ["falls-back", "falls-back", "falls-back"],
  },
  { step: "deliver-repartitioner", app: "firmware", cuts: ["falls-back", "falls-back", "resumes"] },
  { step: "copy-to-runner", op: "erase" },
  { step: "copy-to-runner" },
  { step: "copy-to-runner" },
  { step: "write-table", op: "erase", cuts: ["resumes", "bricked", "bricked"] },
  { step: "write-table", cuts: ["bricked", "bricked", "resumes"] },
  { step: "download-micropython" },
  { step: undefined, app: "micropython", cuts: ["completes", "completes", "completes"] },
];

const startOf = (start: string, slot: string, operations: readonly OperationReport[]) => ({
  start,
  slot,
  clean: { id: `safe:${slot}:clean`, verdict: "completes" as const, lives: 4, lost: [] },
  operations,
  hazard: {
    step: "write-table" as const,
    operations: { first: 5, last: 6 },
    seconds: { typical: 0.06, most: 0.5 },
    declared: 4,
    bricked: 4,
    declaredStuck: 0,
    stuck: 0,
    undeclared: [],
    stale: [],
  },
});

export function reportOf(operations = operationsOf("ota_0", told)): SimulationReport {
  const cuts = operations.flatMap((operation) => operation.cuts);
  const other = operationsOf("ota_1", told.slice(5));
  return {
    form: "crossflash-simulation-1",
    procedure: "safe",
    schedule: { kind: "exhaustive" },
    starts: [startOf("app0", "ota_0", operations), startOf("app1", "ota_1", other)],
    totals: verdicts.map((verdict) => ({
      verdict,
      cases: cuts.filter((cut) => cut.verdict === verdict).length,
      means: verdictWords[verdict],
    })),
    coverage: {
      tried: cuts.length,
      planned: cuts.length,
      isPartial: false,
      sentences: ["One cut in each case."],
    },
    badCases: cuts
      .filter(({ verdict }) => verdict === "bricked")
      .map(({ id, verdict, isDeclared }) => ({
        id,
        start: "app0",
        verdict,
        isDeclared,
        step: "write-table",
        words: "Power failed while the table was written.",
      })),
    losses: expectedLosses({ devices: 1000, cutRate: 1 }, [operations, other]),
    conclusion: { isAsDeclared: true, sentences: ["All is as the plan declares."] },
  };
}

export const route: PlannedRoute = {
  start: "app0",
  pointOfNoReturn: "copy-to-runner",
  steps: [{ id: "write-table", title: "The partition table is written", does: "It is written." }],
};

export const found: SimulationFinding = { report: reportOf(), routes: [route] };

export const snapshotOf = (more: Partial<SimulationSnapshot> = {}): SimulationSnapshot => ({
  run: 1,
  title: "crossflash.json",
  wish: { procedure: "safe", schedule: "exhaustive", seed: 1 },
  state: "done",
  found,
  ...more,
});
