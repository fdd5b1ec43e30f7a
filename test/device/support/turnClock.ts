import type { Clock } from "../../../device/flasher/clock";
import { turn } from "./protocolClient";

/** How often everything that is due happens before an answer counts as missing. */
const TURNS = 4;

/**
 * A clock on which nobody waits: a virtual board has answered when the host's write is over, so what is not there
 * a few turns of the event loop later does not come. `now` may be the board's own time.
 */
export const turnClock = (now: () => number = () => 0): Clock => ({
  now,
  pause: () => turn(),
  after(_, callback) {
    let cancelled = false;
    const count = async (): Promise<void> => {
      for (let turns = 0; turns < TURNS && !cancelled; turns++) await turn();
      if (!cancelled) callback();
    };
    void count();
    return () => {
      cancelled = true;
    };
  },
});
