import type { CaseCut, SimulationCase } from "../cases/case";
import { isShortLives } from "../cases/caseId";
import type { DeviceState, Run } from "../device";
import type { Scenario } from "../scenario/scenario";
import { cutOfLife } from "../schedule/lives";
import { lifeFrom } from "../sweep/lifeRun";
import { type CutDevice, runToCut } from "../sweep/powerLives";
import { isSameState } from "../sweep/stateMap";

/** One life, recorded with its log. */
export interface SeenLife {
  readonly run: Run;
  /** The number of its first operation, counted over all lives. */
  readonly firstOperation: number;
  readonly cut: CaseCut | undefined;
}

export interface SeenCase {
  readonly lives: readonly SeenLife[];
  readonly isCut: boolean;
  /** What the last cut left, from which the device recovers. */
  readonly last: DeviceState;
}

/** All lives of a case; undefined where the device does not come to one of its cuts. */
export function seeCase(scenario: Scenario, cuts: SimulationCase["cuts"]): SeenCase | undefined {
  const lives: SeenLife[] = [];
  const watch = (run: Run, firstOperation: number, cut: CaseCut | undefined): void => {
    lives.push({ run, firstOperation, cut });
  };
  const fresh: CutDevice = { state: scenario.state, done: 0, operation: undefined };
  const device = isShortLives(cuts)
    ? seeShortLives(scenario, fresh, cuts.firstLife, lives, watch)
    : cuts.reduce<CutDevice | undefined>((at, cut) => at && runToCut(scenario, at, cut, watch), fresh);
  if (!device) return undefined;
  seeRecovery(scenario, device, watch);
  return { lives, isCut: device.operation !== undefined, last: device.state };
}

type Watch = (run: Run, firstOperation: number, cut: CaseCut | undefined) => void;

const MOST_CUTS = 400;

/** What came behind the last cut is forgotten: it is seen once more as the recovery. */
function seeShortLives(
  scenario: Scenario,
  fresh: CutDevice,
  firstLife: number,
  lives: SeenLife[],
  watch: Watch,
): CutDevice {
  let device = fresh;
  for (let life = 0; life < MOST_CUTS; life++) {
    const count = lives.length;
    const next = runToCut(scenario, device, cutOfLife(device, firstLife + life), watch);
    if (!next) {
      lives.splice(count);
      break;
    }
    device = next;
  }
  return device;
}

/** A device that does the same for ever is seen for a while. */
const MOST_LIVES = 12;

function seeRecovery({ setup }: Scenario, device: CutDevice, watch: Watch): void {
  const seen: DeviceState[] = [];
  let { state, done } = device;
  while (seen.length < MOST_LIVES && !seen.some((before) => isSameState(before, state))) {
    seen.push(state);
    const { run, isOver } = lifeFrom(setup, state, { log: true });
    watch(run, done, undefined);
    if (isOver) return;
    state = run.state;
    done += run.operations.length;
  }
}
