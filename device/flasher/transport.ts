import type { ReadableStreamDefaultReader, WritableStreamDefaultWriter } from "node:stream/web";
import { Transport } from "esptool-js";
import { messageOf } from "../../core/text/reason";
import type { BoardPort } from "../port";
import { encodeSlip, slipDecoder } from "../slip";
import type { Clock } from "./clock";
import { LinkError, LostError } from "./linkErrors";
import { settled, within } from "./within";

/** Milliseconds that the operating system has for a port. A board with native USB may have to come back first. */
const LIMITS = { open: 20_000, write: 10_000, signals: 3000, close: 2000 } as const;
const BITS_PER_BYTE = 10;
const BUFFER_SIZE = 0x10000;
/** After these a port that is still open gives a fresh stream (Web Serial). */
const PASSING = ["BufferOverrunError", "FramingError", "BreakError", "ParityError"];

interface Waiting {
  resolve(packet: Uint8Array): void;
  reject(error: Error): void;
}

/**
 * esptool-js's transport with its reading replaced: packets are decoded as they arrive, in linear time, and whoever
 * waits for one is woken by it instead of looking every millisecond. A frame that is damaged is dropped and the next
 * one is found. When the stream breaks, whoever waits is told at once, and letting go of the port always ends.
 */
export class BoardTransport extends Transport {
  readonly #port: BoardPort;
  readonly #clock: Clock;
  #decode = slipDecoder();
  #packets: Uint8Array[] = [];
  #arrived = 0;
  /** Grows with every opening, so that a loop that reads an older stream ends. */
  #openings = 0;
  #waiting: Waiting | undefined;
  #lost: LostError | undefined = new LostError("The port is closed");
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #writer: WritableStreamDefaultWriter<Uint8Array> | undefined;
  #closing: Promise<void> | undefined = Promise.resolve();

  constructor(port: BoardPort, clock: Clock) {
    // Only the methods of a BoardPort are used of the SerialPort that esptool-js asks for.
    super(port as unknown as SerialPort);
    this.#port = port;
    this.#clock = clock;
  }

  /** esptool-js writes its trace to the console even where nobody asked for it. */
  override trace(): void {}

  override async connect(baudRate = 115200): Promise<void> {
    await this.#open(baudRate);
    this.baudrate = baudRate;
    this.#decode = slipDecoder();
    this.#packets = [];
    this.#lost = undefined;
    this.#openings++;
    this.#writer = this.#port.writable?.getWriter();
    this.#writer?.closed.catch(() => undefined);
    void this.readLoop();
  }

  async #open(baudRate: number): Promise<void> {
    const opening = this.#port.open({ baudRate, bufferSize: BUFFER_SIZE });
    this.#closing = undefined;
    try {
      await within(LIMITS.open, "opening the port", opening);
    } catch (error) {
      // What did not open may be open elsewhere; what takes too long may be open later.
      if (!(error instanceof LinkError)) this.#closing = Promise.resolve();
      throw error;
    }
  }

  /** Takes what comes until the stream ends. */
  override async readLoop(): Promise<void> {
    const opening = this.#openings;
    while (this.#lost === undefined && opening === this.#openings) {
      const end = await this.#readStream();
      if (opening === this.#openings && !PASSING.includes(end.name)) this.#lose(new LostError(end.message));
    }
  }

  /** Why the stream ended. */
  async #readStream(): Promise<Error> {
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
    try {
      reader = this.#port.readable?.getReader();
      this.#reader = reader;
      reader?.closed.catch(() => undefined);
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read())
        this.#take(piece.value);
      return new Error("The port was closed");
    } catch (error) {
      return error instanceof Error ? error : new Error(messageOf(error));
    } finally {
      reader?.releaseLock();
    }
  }

  #take(bytes: Uint8Array): void {
    this.#arrived += bytes.length;
    this.#packets.push(...this.#decode(bytes));
    const packet = this.#waiting && this.#packets.shift();
    if (packet) this.#waiting?.resolve(packet);
  }

  #lose(error: LostError): void {
    this.#lost ??= error;
    this.#waiting?.reject(this.#lost);
  }

  /** The next packet; a `LinkError` where none is complete after so many milliseconds, however much else comes. */
  override read(milliseconds: number): Promise<Uint8Array> {
    const packet = this.#packets.shift();
    if (packet) return Promise.resolve(packet);
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise<Uint8Array>((resolve, reject) => {
      const finish = (): void => {
        cancel();
        this.#waiting = undefined;
      };
      this.#waiting = {
        resolve: (found) => {
          finish();
          resolve(found);
        },
        reject: (error) => {
          finish();
          reject(error);
        },
      };
      const silence = new LinkError("the board did not answer in time");
      const cancel = this.#clock.after(milliseconds, () => this.#waiting?.reject(silence));
    });
  }

  override async write(packet: Uint8Array): Promise<void> {
    if (this.#lost || !this.#writer) throw this.#lost ?? new LostError("The port is closed");
    try {
      const frame = encodeSlip(packet);
      const limit = LIMITS.write + (frame.length * BITS_PER_BYTE * 1000) / this.baudrate;
      await within(limit, "writing to the port", this.#writer.write(frame));
    } catch (error) {
      this.#lose(new LostError(messageOf(error)));
      throw this.#lost;
    }
  }

  override flushInput(): void {
    this.#packets = [];
  }

  /** Lets pass what is still on its way: until nothing came for `quiet` milliseconds, or `longest` are over. */
  override async drainInput(quiet = 100, longest = 400): Promise<void> {
    const start = this.#clock.now();
    let before = -1;
    while (this.#arrived !== before && this.#clock.now() - start < longest) {
      before = this.#arrived;
      await this.#clock.pause(quiet);
    }
    this.flushInput();
  }

  override async setSignals(dataTerminalReady: boolean, requestToSend: boolean): Promise<void> {
    const signals = this.#port.setSignals({ dataTerminalReady, requestToSend });
    await within(LIMITS.signals, "setting DTR and RTS", signals);
  }

  /** Of this end alone, in place where the port can do that. True where it was closed and opened again. */
  override async changeBaudrate(baudRate: number): Promise<boolean> {
    if (!this.#port.setBaudRate) {
      await this.disconnect();
      await this.connect(baudRate);
      return true;
    }
    await within(LIMITS.open, "changing the rate", this.#port.setBaudRate(baudRate));
    this.baudrate = baudRate;
    return false;
  }

  /** Ends whatever happens, may be called again and again, and never closes what somebody else opened later. */
  override disconnect(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#lose(new LostError("The port was closed"));
    const [reader, writer] = [this.#reader, this.#writer];
    this.#reader = undefined;
    this.#writer = undefined;
    await settled(LIMITS.close, reader?.cancel());
    reader?.releaseLock();
    // A write that hangs would keep the port from closing.
    await settled(LIMITS.close, writer?.abort());
    writer?.releaseLock();
    await settled(LIMITS.close, this.#port.close());
  }
}
