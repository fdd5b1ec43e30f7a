import { type BoardIdentity, boardName, otherBoard } from "../../core/job/board";
import { messageOf } from "../../core/text/reason";
import type { BoardPort } from "../port";
import type { Board } from "./board";
import { boardOf } from "./boardOf";
import type { Clock } from "./clock";
import { connectFault, openFault, unansweredText } from "./connectFault";
import { type ConnectOptions, DEFAULT_BAUD_RATE } from "./connectOptions";
import { BoardFault } from "./fault";
import { type ChipFacts, flashSizeOfId, identifyChip } from "./identify";
import { isFinal, LostError } from "./linkErrors";
import { BoardLoader, ROM_BAUD_RATE } from "./loader";
import { resetIntoLoader } from "./reset";
import { stopIfCancelled } from "./task";
import { BoardTransport } from "./transport";

/** Slower rates than the one that was asked for, in the order in which they are tried. */
const SLOWER_RATES = [921600, 460800, 230400, ROM_BAUD_RATE];
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
      await openPort(line);
      const log = (text: string) => options.onLog?.(text.trim());
      const loader = new BoardLoader(line, clock, log);
      const wanted = options.baudRate ?? DEFAULT_BAUD_RATE;
      const rates = [wanted, ...SLOWER_RATES.filter((rate) => rate < wanted)];
      return boardOf(loader, await startedBoard({ loader, options, rates, log }));
    } catch (error) {
      await line.disconnect();
      throw connectFault(error);
    }
  };

/** Again from the start where a question got lost, and slower where the board does not follow. */
async function startedBoard(connecting: Connecting): Promise<BoardIdentity> {
  const { loader, options, rates, log } = connecting;
  let slower = 0;
  let shown = options.expected;
  for (let failures = 0; ; ) {
    try {
      const facts = await startedStub(connecting, shown);
      // After the next reset another board may be there.
      shown ??= withoutFlash(facts);
      stopIfCancelled(options.signal);
      const rate = rates[slower] ?? ROM_BAUD_RATE;
      if (await loader.changeRate(rate)) return await withFlash(connecting, facts);
      log(`The board does not follow to ${rate} bits per second.`);
      if (++slower > rates.length) throw new BoardFault("no-answer", unansweredText(true));
    } catch (error) {
      if (isFinal(error) || ++failures === STARTS) throw error;
      log(`Trying again: ${messageOf(error)}`);
      await loader.line.drainInput();
    }
  }
}

async function startedStub(connecting: Connecting, shown: BoardIdentity | undefined): Promise<ChipFacts> {
  const { loader, options } = connecting;
  await reachLoader(connecting);
  const facts = await identifyChip(loader);
  const reason = shown && otherBoard(shown, withoutFlash(facts));
  if (reason) throw new BoardFault("other-board", reason);
  stopIfCancelled(options.signal);
  if (!(await loader.startStub())) throw new BoardFault("refused", noStubText(facts));
  return facts;
}

/** Until the ROM's loader, or a stub that runs already, answers a SYNC. */
async function reachLoader(connecting: Connecting): Promise<void> {
  const { loader, options } = connecting;
  const { line } = loader;
  let linesWork = options.start !== "none";
  if (linesWork && line.baudrate !== ROM_BAUD_RATE) await line.changeBaudrate(ROM_BAUD_RATE);
  for (let attempt = 0; attempt < RESETS; attempt++) {
    stopIfCancelled(options.signal);
    if (linesWork) linesWork = await pulledLines(connecting, attempt);
    else await tryRate(connecting, attempt);
    if (await synchronised(connecting)) return;
  }
  throw new BoardFault("no-answer", unansweredText(linesWork));
}

/** False where the port has no lines to pull. */
async function pulledLines({ loader, log }: Connecting, attempt: number): Promise<boolean> {
  try {
    await resetIntoLoader(loader.line, loader.clock, attempt);
    return true;
  } catch (error) {
    log(`The port cannot reset the board: ${messageOf(error)}`);
    return false;
  }
}

/** A stub that runs already may have been left at any of the rates. */
async function tryRate({ loader, rates }: Connecting, attempt: number): Promise<void> {
  const all = [ROM_BAUD_RATE, ...rates];
  const rate = all[attempt % all.length] ?? ROM_BAUD_RATE;
  if (rate !== loader.line.baudrate) await loader.line.changeBaudrate(rate);
}

/** A board with native USB leaves with the reset: its loader is behind another port, which opens when it is there. */
async function synchronised(connecting: Connecting): Promise<boolean> {
  try {
    return await answersSync(connecting);
  } catch (error) {
    if (!(error instanceof LostError) || connecting.options.start === "none") throw error;
    connecting.log("The port is gone. Waiting for it to come back.");
    await connecting.loader.line.disconnect();
    await openPort(connecting.loader.line);
    return answersSync(connecting);
  }
}

async function answersSync({ loader, options }: Connecting): Promise<boolean> {
  for (let sync = 0; sync < SYNCS; sync++) {
    stopIfCancelled(options.signal);
    try {
      await loader.sync();
      return true;
    } catch (error) {
      if (isFinal(error)) throw error;
    }
  }
  return false;
}

async function openPort(line: BoardTransport): Promise<void> {
  try {
    await line.connect(ROM_BAUD_RATE);
  } catch (error) {
    throw openFault(error);
  }
}

/** The stub has attached the flash chip; the ROM does not. */
async function withFlash({ loader, log }: Connecting, facts: ChipFacts): Promise<BoardIdentity> {
  const flashId = (await loader.readFlashId()) >>> 0;
  const known = !NO_FLASH_IDS.includes(flashId);
  const flashSize = known ? flashSizeOfId(flashId) : undefined;
  if (flashSize !== undefined) await loader.setFlashSize(flashSize);
  const identity = { ...facts, flashId: known ? flashId : undefined, flashSize };
  log(`Connected to ${boardName(identity)} at ${loader.line.baudrate} bits per second.`);
  return identity;
}

const withoutFlash = (facts: ChipFacts): BoardIdentity => ({
  ...facts,
  flashId: undefined,
  flashSize: undefined,
});

const noStubText = ({ chip, mac }: ChipFacts): string =>
  `There is no flasher program for the ${chip.name} (${mac}) yet, so its flash cannot be written from here. Nothing was done to it.`;
