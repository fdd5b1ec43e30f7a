import { setTimeout as wait } from "node:timers/promises";
import type { Meaning } from "../../core/bootLog/decodeLine";
import { logReader } from "../../core/bootLog/logReader";
import { messageOf } from "../../core/text/reason";
import { openFault } from "../flasher/connectFault";
import { BoardFault } from "../flasher/fault";
import type { BoardPort } from "../port";
import { ESPRESSIF, USB_SERIAL_JTAG } from "../usbIds";
import { listen } from "./listen";

export interface MonitorOptions {
  /** Bits per second; 115200 where nothing is said. */
  readonly baudRate?: number | undefined;
  /** Starts what is in flash once the port is open, so that its first words are seen. */
  readonly reset?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Everything that the board prints, as it came, in pieces of any size. */
  onText(text: string): void;
  /** Right after the text that ends with the line that it is about; not again while a board repeats itself. */
  onMeaning?(meaning: Meaning): void;
  readonly pause?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** A board that is listened to. Failures are `BoardFault`s. */
export interface Monitor {
  /** Types something: "\x03" is Ctrl-C. */
  write(text: string): Promise<void>;
  /** Starts what is in flash, and forgets what was explained before. Does nothing on a port that has no lines. */
  reset(): Promise<void>;
  /** In bits per second; rejects where the port cannot change it while it is open. */
  setBaudRate(baudRate: number): Promise<void>;
  /** May be called again and again, and always settles. */
  close(): Promise<void>;
  /** Settles when it is over: undefined where it was closed, else why it ended. */
  readonly ended: Promise<BoardFault | undefined>;
}

const DEFAULT_BAUD_RATE = 115200;

/** Milliseconds for which the reset pin is held. */
const RESET_TIME = 100;

/**
 * Listens to a board that is in use or starting. A board with native USB takes its port away when it resets; then the
 * port is opened again. Rejects where it cannot be opened at all.
 */
export const monitor = async (port: BoardPort, options: MonitorOptions): Promise<Monitor> => {
  const { baudRate = DEFAULT_BAUD_RATE, signal, pause = wait } = options;
  let rate = baudRate;
  let read = logReader();
  let writing: Promise<void> = Promise.resolve();

  const hear = (text: string): void => {
    for (const piece of read(text)) {
      options.onText(piece.text);
      if (piece.meaning) options.onMeaning?.(piece.meaning);
    }
  };
  const dataTerminalReady = waitsForDtr(port);
  const open = async (): Promise<void> => {
    await port.open({ baudRate: rate }).catch((error) => {
      throw openFault(error);
    });
    if (dataTerminalReady) await port.setSignals({ dataTerminalReady }).catch(() => undefined);
  };
  const setLines = async (requestToSend: boolean): Promise<void> =>
    port.setSignals({ dataTerminalReady, requestToSend }).catch((error) => {
      throw lost(error);
    });

  await open();
  const listening = listen(port, open, hear);
  const self: Monitor = {
    write(text) {
      writing = writing.catch(() => undefined).then(() => type(port, text));
      return writing;
    },
    async reset() {
      read = logReader();
      await setLines(false);
      await setLines(true);
      await pause(RESET_TIME);
      await setLines(false);
    },
    async setBaudRate(next) {
      if (!port.setBaudRate) throw new BoardFault("refused", "This port keeps its rate while it is open.");
      await port.setBaudRate(next);
      rate = next;
    },
    close: listening.close,
    ended: listening.ended,
  };
  const stop = (): void => void self.close();
  signal?.addEventListener("abort", stop);
  void self.ended.then(() => signal?.removeEventListener("abort", stop));
  if (signal?.aborted) await self.close();
  else if (options.reset) await self.reset().catch(giveUp(self));
  return self;
};

/**
 * The USB stack of an app, as MicroPython's on the ESP32-S2 and S3, says nothing while nobody is ready to listen, and
 * Windows does not say so by itself. Everywhere else DTR alone asks for the loader.
 */
const waitsForDtr = (port: BoardPort): boolean => {
  const { usbVendorId, usbProductId } = port.getInfo();
  return usbVendorId === ESPRESSIF && usbProductId !== USB_SERIAL_JTAG.usbProductId;
};

/** Whoever could not be given a monitor cannot close it either. */
const giveUp = (self: Monitor) => async (error: unknown) => {
  await self.close();
  throw error;
};

const type = async (port: BoardPort, text: string): Promise<void> => {
  const writer = port.writable?.getWriter();
  if (!writer) throw lost("The port is closed.");
  writer.closed.catch(() => undefined);
  try {
    await writer.write(new TextEncoder().encode(text));
  } catch (error) {
    throw lost(error);
  } finally {
    writer.releaseLock();
  }
};

const lost = (error: unknown): BoardFault =>
  new BoardFault(
    "lost",
    `The connection to the board broke: ${messageOf(error)} Check the cable, then start the monitor again.`,
  );
