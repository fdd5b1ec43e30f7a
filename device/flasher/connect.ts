import { type BoardIdentity, boardName, otherBoard } from "../../core/job/board";
import type { BoardPort } from "../port";
import type { Board } from "./board";
import { boardOf } from "./boardOf";
import type { Clock } from "./clock";
import { connectFault, openFault, unansweredText } from "./connectFault";
import { type ConnectOptions, DEFAULT_BAUD_RATE } from "./connectOptions";
import { BoardFault } from "./fault";
import { type ChipFacts, flashSizeOfId, identifyChip } from "./identify";
import { isFinal } from "./linkErrors";
import { BoardLoader, ROM_BAUD_RATE } from "./loader";
import { resetIntoLoader } from "./reset";
import { stopIfCancelled } from "./task";
import { BoardTransport } from "./transport";

/** Slower rates than the one that was asked for, in the order in which they are tried. */
const SLOWER_RATES = [460800, 230400, ROM_BAUD_RATE];
const RESETS = 6;
const SYNCS = 5;
/** How often the way from the reset to the stub is gone before the line counts as too bad. */
const STARTS = 3;
const NO_FLASH_IDS = [0, 0xffffff, 0xffffffff];

/** What all steps of connecting share. */
interface Connecting {
  readonly loader: BoardLoader;
  readonly options: ConnectOptions;
  /** Bits per second, the one that is wanted first. */
  readonly rates: readonly number[];
  readonly log: (line: string) => void;
}

/** Tests bring their own clock. */
export const connectWith =
  (clock: Clock) =>
  async (port: BoardPort, options: ConnectOptions = {}): Promise<Board> => {
    const line = new BoardTransport(port, clock);
    try {
      await line.connect(ROM_BAUD_RATE).catch((error: unknown) => Promise.reject(openFault(error)));
      const log = (text: string) => options.onLog?.(text.trim());
      const loader = new BoardLoader(line, clock, log);
      const wanted = options.baudRate ?? DEFAULT_BAUD_RATE;
      const rates = [wanted, ...SLOWER_RATES.filter((rate) => rate < wanted)];
      const connecting = { loader, options, rates, log };
      return boardOf(loader, await identified(connecting, await startStub(connecting)));
    } catch (error) {
      await line.disconnect();
      throw connectFault(error);
    }
  };

/** The stub at the fastest rate that works. A rate that does not leaves the chip deaf, so it starts anew. */
async function startStub(connecting: Connecting): Promise<ChipFacts> {
  const { loader, rates, log } = connecting;
  let facts: ChipFacts | undefined;
  for (const rate of rates) {
    facts = await reachStub(connecting, facts);
    if (await loader.changeRate(rate)) {
      log(`The line runs at ${rate} bits per second.`);
      return facts;
    }
    log(`The board does not follow to ${rate} bits per second.`);
  }
  throw new BoardFault("no-answer", unansweredText(true));
}

/** Again from the start where a question got lost; another board may be there after every reset. */
async function reachStub(connecting: Connecting, before: ChipFacts | undefined): Promise<ChipFacts> {
  const { loader, options, log } = connecting;
  for (let attempt = 1; ; attempt++) {
    await reachLoader(connecting);
    try {
      const facts = await identifyChip(loader);
      const shown = options.expected ?? (before && identityOf(before));
      const reason = shown && otherBoard(shown, identityOf(facts));
      if (reason) throw new BoardFault("other-board", reason);
      stopIfCancelled(options.signal);
      if (!(await loader.startStub())) throw new BoardFault("refused", noStubText(facts));
      return facts;
    } catch (error) {
      if (isFinal(error) || attempt === STARTS) throw error;
      log(`Trying again: ${error}`);
      await loader.line.drainInput();
    }
  }
}

/** Until the ROM's loader, or a stub that runs already, answers a SYNC. */
async function reachLoader(connecting: Connecting): Promise<void> {
  const { loader, options, rates, log } = connecting;
  const { line, clock } = loader;
  let linesWork = options.start !== "none";
  if (linesWork && line.baudrate !== ROM_BAUD_RATE) await line.changeBaudrate(ROM_BAUD_RATE);
  for (let attempt = 0; attempt < RESETS; attempt++) {
    stopIfCancelled(options.signal);
    if (linesWork)
      await resetIntoLoader(line, clock, attempt).catch((error: unknown) => {
        if (isFinal(error)) throw error;
        log(`The port cannot reset the board: ${error}`);
        linesWork = false;
      });
    else await tryRate(loader, [ROM_BAUD_RATE, ...rates], attempt);
    if (await synchronised(loader, options.signal)) return;
  }
  throw new BoardFault("no-answer", unansweredText(linesWork));
}

/** A stub that runs already may have been left at any of the rates. */
async function tryRate(loader: BoardLoader, rates: readonly number[], attempt: number): Promise<void> {
  const rate = rates[attempt % rates.length] ?? ROM_BAUD_RATE;
  if (rate !== loader.line.baudrate) await loader.line.changeBaudrate(rate);
}

async function synchronised(loader: BoardLoader, signal: AbortSignal | undefined): Promise<boolean> {
  for (let sync = 0; sync < SYNCS; sync++) {
    stopIfCancelled(signal);
    try {
      await loader.sync();
      return true;
    } catch (error) {
      if (isFinal(error)) throw error;
    }
  }
  return false;
}

/** The flash chip too, which the ROM does not attach by itself. */
async function identified({ loader, log }: Connecting, facts: ChipFacts): Promise<BoardIdentity> {
  const flashId = (await loader.readFlashId()) >>> 0;
  const known = !NO_FLASH_IDS.includes(flashId);
  const flashSize = known ? flashSizeOfId(flashId) : undefined;
  if (flashSize !== undefined) await loader.setFlashSize(flashSize);
  const identity = { ...facts, flashId: known ? flashId : undefined, flashSize };
  log(`Connected to ${boardName(identity)}.`);
  return identity;
}

const identityOf = (facts: ChipFacts): BoardIdentity => ({
  ...facts,
  flashId: undefined,
  flashSize: undefined,
});

const noStubText = ({ chip, mac }: ChipFacts): string =>
  `There is no flasher program for the ${chip.name} (${mac}) yet, so its flash cannot be written from here. Nothing was done to it.`;
