import type { NetworkFault } from "../cases/case";
import type { Network, ServerFault } from "../server";
import type { Scenario } from "./scenario";

/** The same scenario with a network that fails so. */
export function withFaults({ state, ...scenario }: Scenario, faults: readonly NetworkFault[]): Scenario {
  const network = networkWith(state.network.network, faults);
  const used = (network.faults ?? []).map(() => 0);
  return { ...scenario, state: { ...state, network: { ...state.network, network, used } } };
}

const networkWith = ({ files }: Network, faults: readonly NetworkFault[]): Network => {
  const offline = faults.find(({ kind }) => kind === "offline");
  return {
    files,
    faults: faults.flatMap(serverFault),
    ...(offline ? { wifi: { refuses: offline.times } } : {}),
  };
};

function serverFault({ kind, at, image, times }: NetworkFault): ServerFault[] {
  if (kind === "offline") return [];
  return [{ kind, requests: times, ...(at === undefined ? {} : { at }), ...(image ? { image } : {}) }];
}
