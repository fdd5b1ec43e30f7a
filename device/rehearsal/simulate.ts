import { setImmediate as turn } from "node:timers/promises";
import type { Rehearsal } from "../../core/rehearsal/readRehearsal";
import { coverageOf, type SimulationCoverage } from "../../core/rehearsal/report";
import { simulatedDevices } from "../../core/sim/scenario/devices";
import { makeScenarios } from "../../core/sim/scenario/makeScenarios";
import { simulate } from "../../core/sim/simulate";
import { BoardFault } from "../flasher/fault";

/**
 * What a simulation of the same migration finds, in pieces between which everything else goes on. A `BoardFault` where it
 * is stopped, or where there is nothing to simulate.
 */
export async function simulateFirst(
  { migration }: Rehearsal,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<SimulationCoverage> {
  const scenarios = makeScenarios(migration, { procedure: "safe", ...simulatedDevices(migration.question) });
  if (!scenarios.ok)
    throw new BoardFault(
      "refused",
      `Nothing was written: the migration cannot be simulated. ${scenarios.message}`,
    );
  const steps = simulate(scenarios.value, { schedule: { kind: "exhaustive" } });
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return coverageOf(step.value);
    onShare(step.value.done / step.value.pieces);
    await turn();
    if (signal.aborted) throw new BoardFault("cancelled", "The simulation was stopped. Nothing was written.");
  }
}
