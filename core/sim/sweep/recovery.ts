import type { DeviceState } from "../device";
import type { Scenario } from "../scenario/scenario";
import type { Ending } from "../verdict";
import { asksServer } from "./asks";
import { type LifeRun, lifeFrom } from "./lifeRun";
import { memory, type WatchedLife } from "./memory";
import { isSameState, type StateMap, stateMap } from "./stateMap";
import { isMigrated } from "./success";

/** How a device ends that starts in some state, and how often it starts until then. */
export interface Outcome {
  readonly ending: Ending;
  readonly lives: number;
}

/** Tells how a device goes on that gets its power back. */
export type Recovery = (state: DeviceState) => Outcome;

/** More lives than any migration needs, with every thing that can be tried again tried again. */
const MOST_LIVES = 60;

/**
 * Runs a device, with power that does not fail any more, to its end. What was found out about a state between two lives is
 * remembered, and what was found out in the middle of one: most cuts lead where another one has led to. For one scenario and one state of its network.
 */
export function recoveryOf(scenario: Scenario): Recovery {
  const known = stateMap<Outcome>();
  const inside = memory<Outcome>(scenario.assets.store);
  return (state) => {
    const path: PathLife[] = [];
    for (let at = state; ; ) {
      const outcome = known.get(at) ?? ended(scenario, path, at);
      if (outcome) return remembered(path, outcome, known);
      const watched = inside.watch();
      const lived = lifeFrom(scenario.setup, at, { log: false }, { watcher: watched.watcher });
      path.push({ state: at, lived, watched });
      const found = watched.found();
      if (found) return remembered(path, { ...found, lives: found.lives - 1 }, known);
      at = lived.run.state;
    }
  };
}

interface PathLife {
  readonly state: DeviceState;
  readonly lived: LifeRun;
  readonly watched: WatchedLife<Outcome>;
}

/** The outcome of a device that has lived these lives and would start the next one from `next`; none while it goes on. */
function ended(scenario: Scenario, path: readonly PathLife[], next: DeviceState): Outcome | undefined {
  const last = path.at(-1);
  if (last?.lived.isOver) return { ending: endingOf(scenario, [last]), lives: 0 };
  const first = path.findIndex(({ state }) => isSameState(state, next));
  if (first !== -1) return { ending: endingOf(scenario, path.slice(first)), lives: 0 };
  return path.length < MOST_LIVES
    ? undefined
    : { ending: endingOf(scenario, path.slice(path.length / 2)), lives: 0 };
}

function remembered(
  path: readonly PathLife[],
  { ending, lives }: Outcome,
  known: StateMap<Outcome>,
): Outcome {
  for (const [index, { state, watched }] of path.entries()) {
    const outcome = { ending, lives: lives + path.length - index };
    known.set(state, outcome);
    watched.remember(outcome);
  }
  return { ending, lives: lives + path.length };
}

/** The lives that a device lives again and again, or the one that does not end. */
function endingOf(scenario: Scenario, again: readonly PathLife[]): Ending {
  const last = again.at(-1)?.lived;
  if (!last) throw new TypeError("an ending has a life");
  const apps = again.map(({ lived }) => lived.life.app);
  const end = last.isOver ? last.run.end : last.life.end === "no-boot" ? "no-boot" : "limit";
  const mayAsk = end === "waiting" || end === "limit";
  return {
    end,
    app: last.life.app,
    isRight: last.life.app === "micropython" && isMigrated(scenario, last.run.state.flash),
    asks: mayAsk && again.some(({ state }) => asksServer(scenario.setup, state)),
    meetsFirmware: apps.includes("firmware"),
  };
}
