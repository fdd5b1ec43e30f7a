import type { Rehearsal } from "../../core/rehearsal/readRehearsal";
import { coverageOf, type SimulationCoverage } from "../../core/rehearsal/report";
import { simulatedDevices } from "../../core/sim/scenario/devices";
import { makeScenarios } from "../../core/sim/scenario/makeScenarios";
import type { Reporter } from "../board/reporter";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { simulateWatched } from "../simulation/watched";

/** What a simulation of the same migration finds, before a board is touched. Ctrl-C ends the command. */
export async function simulated(
  { migration }: Rehearsal,
  io: Io,
  { note }: Reporter,
): Promise<SimulationCoverage> {
  const scenarios = makeScenarios(migration, { procedure: "safe", ...simulatedDevices(migration.question) });
  if (!scenarios.ok) throw new Stop(1, `The migration cannot be simulated: ${scenarios.message}`);
  note(["The migration is simulated first, with a power cut at every operation."]);
  const report = await simulateWatched(scenarios.value, { schedule: { kind: "exhaustive" } }, io);
  if (report.coverage.isPartial) throw new Stop(2, "The simulation was stopped. Nothing was written.");
  note(report.conclusion.sentences);
  return coverageOf(report);
}
