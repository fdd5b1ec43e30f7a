import {
  type FromSimulation,
  type FromSimulationParams,
  readFromSimulation,
  type SimulationFinding,
  type SimulationSnapshot,
  type SimulationWish,
  simulationProtocol,
} from "../../protocol/simulation";
import type { SimulationOutcome, SimulationWindow, Simulator } from "./ports";

/** One page and the simulation behind it. */
export interface SimulationSession {
  /** Takes whatever the page sends. */
  receive(message: unknown): void;
  /** Something of the project changed: what was found may be wrong now. */
  filesChanged(): void;
  /** To be told when the page came into view. */
  shown(): void;
  dispose(): void;
}

const firstWish: SimulationWish = { procedure: "safe", schedule: "exhaustive", seed: 1 };

/** Simulates at once, and again whenever something else is wished or a file changed; the newest run alone counts. */
export function simulationSession(simulator: Simulator, window: SimulationWindow): SimulationSession {
  let running = new AbortController();
  let settled = Promise.resolve();
  let isStale = false;
  let snapshot: SimulationSnapshot = { run: 0, title: window.title, wish: firstWish, state: "running" };

  function show(next: SimulationSnapshot): void {
    snapshot = next;
    window.post({ name: "snapshot", params: snapshot });
  }

  function start(wish: SimulationWish): void {
    running.abort();
    running = new AbortController();
    isStale = false;
    const { signal } = running;
    const run = snapshot.run + 1;
    show(begun(snapshot, run, wish));
    settled = settled.then(() => simulated(run, wish, signal));
  }

  /** One after the other: of many changes at once only the last is simulated. */
  async function simulated(run: number, wish: SimulationWish, signal: AbortSignal): Promise<void> {
    const isCurrent = (): boolean => snapshot.run === run;
    if (!isCurrent()) return;
    const tell = (found: SimulationFinding): void => {
      if (isCurrent() && !signal.aborted) show({ run, title: window.title, wish, state: "running", found });
    };
    const outcome = await simulator.simulate(wish, tell, signal);
    if (isCurrent()) show(ended(snapshot, outcome));
  }

  async function replay({ run, id }: FromSimulationParams["showCase"]): Promise<void> {
    if (run !== snapshot.run) return;
    const outcome = await simulator.replay(id);
    const answer = outcome.kind === "done" ? { replay: outcome.replay } : { fault: outcome.message };
    window.post({ name: "replay", params: { run, id, ...answer } });
  }

  function hear({ name, params }: FromSimulation): void {
    switch (name) {
      case "ready":
        if (params.protocol !== simulationProtocol)
          window.log(`A page speaks version ${params.protocol} of the protocol, not ${simulationProtocol}.`);
        else if (snapshot.run === 0) start(snapshot.wish);
        else window.post({ name: "snapshot", params: snapshot });
        break;
      case "simulate":
        start(params.wish);
        break;
      case "cancel":
        running.abort();
        break;
      case "showCase":
        void replay(params);
        break;
      case "showPlan":
        window.showPlan();
        break;
      case "showManifest":
        window.showManifest();
        break;
      case "copy":
        window.copy(params.text);
        break;
      case "failed":
        window.log(`The page failed: ${params.message}`);
        break;
    }
  }

  /** While nobody looks, nothing is worked out. */
  function refresh(): void {
    if (isStale && window.isVisible && snapshot.run > 0) start(snapshot.wish);
  }

  return {
    receive(value) {
      const message = readFromSimulation(value);
      if (message) hear(message);
      else window.log("The page sent something that is no message.");
    },
    filesChanged() {
      isStale = true;
      refresh();
    },
    shown: refresh,
    dispose: () => running.abort(),
  };
}

/** Until the new run has found something, what the one before has found stays in sight. */
function begun({ title, found }: SimulationSnapshot, run: number, wish: SimulationWish): SimulationSnapshot {
  return { run, title, wish, state: "running", ...(found ? { found, isOld: true } : {}) };
}

function ended(
  { isOld, found, ...rest }: SimulationSnapshot,
  outcome: SimulationOutcome,
): SimulationSnapshot {
  switch (outcome.kind) {
    case "done":
      return { ...rest, state: "done", found: outcome.found };
    case "cancelled":
      return { ...rest, state: "cancelled", ...(found && !isOld ? { found } : {}) };
    case "refused":
      return { ...rest, state: "refused", refusal: outcome.message };
  }
}
