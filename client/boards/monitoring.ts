import type { Meaning } from "../../core/bootLog/decodeLine";
import { messageOf } from "../../core/text/reason";
import type { Monitor } from "../../device/monitor";
import type { MonitorText } from "./monitorText";
import type { PortHolder } from "./portTasks";

/** Ctrl-T, which neither a shell nor MicroPython needs. */
const RESTART = "\u0014";

/** A board that is listened to, for as long as somebody looks. */
export interface BoardMonitor extends PortHolder {
  /** What was typed. */
  type(text: string): void;
  restart(): void;
  /** Bits per second that the board's program speaks from now on. */
  changeRate(baudRate: number): void;
  stop(): Promise<void>;
}

export interface Listening {
  onText(text: string): void;
  onMeaning(meaning: Meaning): void;
}

/**
 * Opens the port at once, gives it away while a task needs it, and takes it again. Whatever goes wrong is said on the
 * screen; a key tries again.
 */
export function boardMonitor(
  where: string,
  open: (listening: Listening) => Promise<Monitor>,
  screen: MonitorText,
  /** Whether a task has the port already; its end is told like any other. */
  isInUse = false,
): BoardMonitor {
  let monitor: Monitor | undefined;
  let isLent = isInUse;
  let isOver = false;
  let turn = Promise.resolve();

  /** One after the other: a port that is being opened cannot be given away. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn
      .then(work)
      .catch((error: unknown) => screen.notice(`${messageOf(error)} Press a key to try again.`));
    return turn;
  };
  const begin = (): Promise<void> =>
    inTurn(async () => {
      if (monitor || isLent || isOver) return;
      const opened = await open({ onText: screen.text, onMeaning: screen.meaning });
      monitor = opened;
      screen.notice(`Listening to ${where}. Ctrl-T restarts the board.`);
      void opened.ended.then((fault) => {
        if (monitor !== opened) return;
        monitor = undefined;
        if (fault) screen.notice(`${fault.message} Press a key to listen again.`);
      });
    });
  const end = async (): Promise<void> => {
    const open = monitor;
    monitor = undefined;
    await open?.close();
  };
  const use = (work: (monitor: Monitor) => Promise<void>): void => {
    if (monitor) void inTurn(() => (monitor ? work(monitor) : Promise.resolve()));
    else void begin();
  };
  void begin();
  return {
    type: (text) => use((open) => (text === RESTART ? open.reset() : open.write(text))),
    restart: () => use((open) => open.reset()),
    changeRate(baudRate) {
      if (monitor) use((open) => open.setBaudRate(baudRate));
    },
    release: () =>
      inTurn(async () => {
        isLent = true;
        if (monitor) screen.notice(`${where} is in use; the monitor goes on afterwards.`);
        await end();
      }),
    async retake() {
      isLent = false;
      await begin();
    },
    stop() {
      isOver = true;
      return inTurn(end);
    },
  };
}
