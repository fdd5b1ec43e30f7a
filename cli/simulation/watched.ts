import type { SimulationReport } from "../../core/sim/report";
import type { Scenario } from "../../core/sim/scenario/scenario";
import { type SimulationOptions, simulate } from "../../core/sim/simulate";
import { counted } from "../../core/text/units";
import type { Io } from "../io";
import { retell } from "../tell";

/** Milliseconds between two looks at Ctrl-C, which are two lines of progress on a terminal as well. */
const SLICE = 100;

/** Simulates, and shows on a terminal how far it is. Ctrl-C ends it with what was found until then. */
export async function simulateWatched(
  scenarios: readonly Scenario[],
  options: SimulationOptions,
  io: Io,
): Promise<SimulationReport> {
  const stop = io.interrupted();
  const isWatched = io.isWatched("err");
  const steps = simulate(scenarios, options);
  let step = steps.next();
  let shown = io.now();
  while (!step.done) {
    if (io.now() - shown >= SLICE) {
      const { done, pieces, cases, bad } = step.value;
      if (isWatched)
        retell(
          io,
          `${Math.floor((100 * done) / pieces)} % simulated, ${counted(cases, "case")}, ${bad} to look at`,
        );
      await io.pause(0, new AbortController().signal);
      shown = io.now();
    }
    step = steps.next(stop.aborted);
  }
  if (isWatched) retell(io, "");
  return step.value;
}
