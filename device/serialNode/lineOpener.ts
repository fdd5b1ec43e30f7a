import { setTimeout as wait } from "node:timers/promises";
import { type ListedPort, nativeDriver, type SerialDriver, type SerialLine } from "./driver";
import { openFault } from "./openFault";
import { returnedPort } from "./samePort";

export interface OpenerOptions {
  /** What was listed when the port was chosen: by this it is found again when the board comes back elsewhere. */
  readonly listed?: readonly ListedPort[] | undefined;
  readonly driver?: SerialDriver | undefined;
  readonly pause?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** Opens the lines of one board, wherever it is. */
export interface LineOpener {
  /** Fails with a `BoardFault`; `isWanted` is asked before each new try. */
  open(baudRate: number, isWanted: () => boolean): Promise<SerialLine>;
  /** Where the board was seen last. */
  place(): ListedPort;
}

/** A board with native USB is back on the bus within a second or two, and udev takes its time. */
const RETRIES = 20;
const RETRY_PAUSE = 250;

/** A board that was there before may be on its way back, and not be given to us yet; then it is waited for. */
export const lineOpener = (path: string, options: OpenerOptions): LineOpener => {
  const { listed = [], driver = nativeDriver, pause = wait } = options;
  let place = listed.find((port) => port.path === path) ?? { path };
  let wasOpen = false;

  const openOnce = async (baudRate: number): Promise<SerialLine> => {
    const line = await driver.open(place.path, baudRate).catch(async (error) => {
      throw await openFault(place, error, wasOpen);
    });
    wasOpen = true;
    return line;
  };
  const openAfterPause = async (baudRate: number): Promise<SerialLine> => {
    await pause(RETRY_PAUSE);
    place = returnedPort(place, listed, await driver.list().catch(() => [])) ?? place;
    return openOnce(baudRate);
  };
  return {
    place: () => place,
    async open(baudRate, isWanted) {
      let tries = wasOpen ? RETRIES + 1 : 1;
      for (let attempt = openOnce; ; attempt = openAfterPause)
        try {
          return await attempt(baudRate);
        } catch (fault) {
          if (--tries === 0 || !isWanted()) throw fault;
        }
    },
  };
};
