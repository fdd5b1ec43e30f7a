import type { MigrationStep, Route } from "../core/migrate/plan/plan";
import type { CaseReplay, SimulationReport } from "../core/sim/report";
import { type Message, type ParamsOf, readMessage, type Shapes } from "./message";
import { type Of, oneOf, struct, text, whole } from "./shape";

/** Grows with every change of a message, so that a page kept from before an update is not misunderstood. */
export const simulationProtocol = 1;

/** The largest seed of chance. */
export const MAX_SEED = 2 ** 32 - 1;

/** The shape of a `SimulationWish`. */
export const simulationWish = struct({
  procedure: oneOf("safe", "published"),
  schedule: oneOf("exhaustive", "recovery", "pairs", "lives", "network", "random"),
  /** Counts only for `random`. */
  seed: whole(0, MAX_SEED),
});

/** What is to be simulated of a migration. */
export type SimulationWish = Of<typeof simulationWish>;

/** What was found, and what the plan says of the same steps. */
export interface SimulationFinding {
  readonly report: SimulationReport;
  /** Of the plan; none where another procedure is simulated. */
  readonly routes: readonly PlannedRoute[];
}

export interface PlannedRoute extends Pick<Route, "start" | "pointOfNoReturn"> {
  readonly steps: readonly Pick<MigrationStep, "id" | "title" | "does">[];
}

/** What the page of a simulation may ask of its host; checked before anything else is done with it. */
export const fromSimulation = {
  /** The page can be told; the answer is a snapshot. */
  ready: struct({ protocol: whole(0, Number.MAX_SAFE_INTEGER) }),
  /** Begins anew, also where nothing else is wished than before. */
  simulate: struct({ wish: simulationWish }),
  cancel: struct({}),
  /** A case of the report of this run; answered by `replay`. */
  showCase: struct({ run: whole(0, Number.MAX_SAFE_INTEGER), id: text(1000) }),
  showPlan: struct({}),
  showManifest: struct({}),
  copy: struct({ text: text(2000) }),
  /** Something went wrong in the page: for the log. */
  failed: struct({ message: text(4000) }),
} as const satisfies Shapes;

export type FromSimulationName = keyof typeof fromSimulation;
export type FromSimulationParams = ParamsOf<typeof fromSimulation>;

/** What the host tells the page. Snapshots are whole, never changes. */
export interface ToSimulation {
  readonly snapshot: SimulationSnapshot;
  readonly replay: ReplayAnswer;
}

export type FromSimulation = Message<FromSimulationParams>;
export type ToSimulationMessage = Message<ToSimulation>;

/** Everything that the page shows, except the case that somebody chose. */
export interface SimulationSnapshot {
  /** Grows with every run: what was found in another one means nothing any more. */
  readonly run: number;
  /** The path of the manifest in its workspace. */
  readonly title: string;
  readonly wish: SimulationWish;
  /** `refused`: there is nothing to simulate, or it failed. */
  readonly state: "running" | "done" | "cancelled" | "refused";
  /** Why, as a sentence. */
  readonly refusal?: string;
  /** What has been found so far. */
  readonly found?: SimulationFinding;
  /** What was found is of the run before: of this one there is nothing yet. */
  readonly isOld?: true;
}

export interface ReplayAnswer {
  readonly run: number;
  readonly id: string;
  readonly replay?: CaseReplay;
  /** Why there is none, as a sentence. */
  readonly fault?: string;
}

/** The message, if it is one: `undefined` for anything that the page could not have meant. */
export const readFromSimulation = (value: unknown): FromSimulation | undefined =>
  readMessage(fromSimulation, value);
