import { ESPLoader } from "esptool-js";
import { toHex } from "../../core/image/bytes";
import type { FlashRange } from "../../core/job/range";
import { messageOf } from "../../core/text/reason";
import { hex } from "../../core/text/units";
import { concat, words } from "../bytes";
import { md5Of } from "../md5";
import type { Clock } from "./clock";
import { isFinal, LinkError } from "./linkErrors";
import type { BoardTransport } from "./transport";

/** Bits per second at which a chip comes out of reset. */
export const ROM_BAUD_RATE = 115200;
const BITS_PER_BYTE = 10;

/** Milliseconds; those of flash are esptool.py's, for the slowest chips. */
const LIMITS = {
  answer: 3000,
  sync: 100,
  probe: 500,
  md5PerMegabyte: 8000,
  erasePerMegabyte: 30_000,
  writePerMegabyte: 40_000,
} as const;
const MEGABYTE = 1_000_000;
const MAGIC_ADDRESS = 0x40001000;
const SYNC = 0x08;
const SYNC_ANSWERS = 8;
const SPI_SET_PARAMETERS = 0x0b;
const CHANGED_RATE_PAUSE = 50;
/** The stub ends its answers with two status bytes, the ROM with four. */
const STUB_STATUS_SIZE = 2;
const PACKET_SIZE = 0x1000;
/** Bytes that the stub may send before they are acknowledged; the chip keeps that many acknowledgements. */
const AHEAD = 4 * PACKET_SIZE;
const PROBES = 4;
/** esptool-js would read a word of the ESP32-S3's memory there, which this chip does not have. */
const POST_CONNECT_ELSEWHERE = "ESP32-H2";
/** How esptool-js tells the status bytes of an answer. */
const REFUSAL = /failed with status (\d+)/;

const limitFor = (perMegabyte: number, bytes: number): number =>
  Math.max(LIMITS.answer, (perMegabyte * bytes) / MEGABYTE);

/**
 * esptool-js's loader with what it lacks: erasing a region, reading that notices silence and damage, and a change of
 * rate that says whether it worked. A block is never sent twice, because the stub would write it twice.
 */
export class BoardLoader extends ESPLoader {
  /** Milliseconds of the fastest answer to a small question at the present rate. */
  roundTrip = Number.POSITIVE_INFINITY;
  #stubRuns = false;
  /** Milliseconds that the stub may need for the block that it has taken but not written. */
  #unfinished = 0;

  constructor(
    readonly line: BoardTransport,
    readonly clock: Clock,
    onLog: (text: string) => void,
  ) {
    const terminal = { clean: () => undefined, writeLine: onLog, write: onLog };
    super({ transport: line, baudrate: ROM_BAUD_RATE, terminal });
    this.WRITE_BLOCK_ATTEMPTS = 1;
  }

  /** The stub answers with 0, and not always as often as the ROM. */
  override async sync(): Promise<[number, Uint8Array]> {
    const data = concat([Uint8Array.of(0x07, 0x07, 0x12, 0x20), new Uint8Array(32).fill(0x55)]);
    const first = await this.command(SYNC, data, 0, true, LIMITS.sync);
    this.#stubRuns = first[0] === 0;
    try {
      for (let count = 1; count < SYNC_ANSWERS; count++) {
        const [value] = await this.readPacket(SYNC, LIMITS.sync);
        this.#stubRuns &&= value === 0;
      }
    } catch (error) {
      if (isFinal(error)) throw error;
    }
    return first;
  }

  /** Says what the board refused in a way that suits a sentence for people. */
  override async checkCommand(
    what?: string,
    command?: number,
    data?: Uint8Array,
    checksum?: number,
    answerSize?: number,
    limit?: number,
  ): Promise<number | Uint8Array> {
    try {
      return await super.checkCommand(what, command, data, checksum, answerSize, limit);
    } catch (error) {
      const status = REFUSAL.exec(messageOf(error))?.[1];
      if (status === undefined) throw error;
      throw new LinkError(`the board could not ${what}: error ${hex(Number(status))}`);
    }
  }

  override async readReg(address: number, limit?: number): Promise<number> {
    const start = this.clock.now();
    const value = await super.readReg(address, limit);
    this.roundTrip = Math.min(this.roundTrip, this.clock.now() - start);
    return value;
  }

  /** False where there is no stub for the chip, or the chip lets none run. */
  async startStub(): Promise<boolean> {
    this.IS_STUB = this.#stubRuns;
    if (this.chip.CHIP_NAME !== POST_CONNECT_ELSEWHERE) await this.chip.postConnect?.(this);
    if (!this.IS_STUB) await this.runStub();
    else if (await this.usesUsbOtg())
      this.FLASH_WRITE_SIZE = this.chip.USB_RAM_BLOCK ?? this.FLASH_WRITE_SIZE;
    return this.IS_STUB;
  }

  /** Seconds that one byte takes on the wire. */
  get byteSeconds(): number {
    return BITS_PER_BYTE / this.line.baudrate;
  }

  /** Whether the stub answers, after whatever went wrong. It may take our first words for something else. */
  async recover(): Promise<boolean> {
    this.#unfinished = 0;
    for (let probe = 0; probe < PROBES; probe++) {
      try {
        const question = words(MAGIC_ADDRESS);
        const [, status] = await this.command(this.ESP_READ_REG, question, 0, true, LIMITS.probe);
        if (status.length === STUB_STATUS_SIZE) return true;
      } catch (error) {
        if (isFinal(error)) throw error;
      }
    }
    return false;
  }

  /** Both ends change to so many bits per second; false where they do not understand each other afterwards. */
  async changeRate(baudRate: number): Promise<boolean> {
    const present = this.line.baudrate;
    if (baudRate === present) return true;
    try {
      await this.checkCommand("change the rate", this.ESP_CHANGE_BAUDRATE, words(baudRate, present));
      await this.clock.pause(CHANGED_RATE_PAUSE);
      await this.line.changeBaudrate(baudRate);
      await this.line.drainInput();
    } catch (error) {
      if (isFinal(error)) throw error;
      return false;
    }
    this.roundTrip = Number.POSITIVE_INFINITY;
    return this.recover();
  }

  /** Bytes of the flash chip: the stub assumes 16 MB at the most. */
  async setFlashSize(bytes: number): Promise<void> {
    const [block, sector, page, statusMask] = [0x10000, 0x1000, 0x100, 0xffff];
    const data = words(0, bytes, block, sector, page, statusMask);
    await this.checkCommand("set the size of the flash", SPI_SET_PARAMETERS, data);
  }

  /** 32 hex digits of what the flash holds. */
  async md5({ address, size }: FlashRange): Promise<string> {
    const limit = limitFor(LIMITS.md5PerMegabyte, size);
    const data = words(address, size, 0, 0);
    const digest = await this.#flashCommand("calculate an MD5", this.ESP_SPI_FLASH_MD5, data, limit, 16);
    if (!(digest instanceof Uint8Array)) throw new LinkError("the board answered without an MD5");
    return toHex(digest);
  }

  /** Whole sectors. */
  async erase({ address, size }: FlashRange): Promise<void> {
    const limit = limitFor(LIMITS.erasePerMegabyte, size);
    await this.#flashCommand("erase", this.ESP_ERASE_REGION, words(address, size), limit);
  }

  /** Blocks of a zlib stream follow that inflates to the range. Sectors are erased as they are reached. */
  async beginRun({ address, size }: FlashRange, blocks: number): Promise<void> {
    const data = words(size, blocks, this.FLASH_WRITE_SIZE, address);
    await this.#flashCommand("begin to write", this.ESP_FLASH_DEFL_BEGIN, data, LIMITS.answer);
  }

  /** Answered before it is written, so an error comes with the next answer. `size` is what it inflates to. */
  async writeBlock(bytes: Uint8Array, sequence: number, size: number): Promise<void> {
    const limit = this.#takeUnfinished(LIMITS.answer) + this.#lineTime(bytes.length);
    await this.flashDeflBlock(bytes, sequence, limit);
    this.#unfinished = limitFor(LIMITS.writePerMegabyte, size);
  }

  /** As many bytes as come in one go; the stub sends their MD5 at the end. */
  async readPiece({ address, size }: FlashRange): Promise<Uint8Array> {
    const data = words(address, size, PACKET_SIZE, AHEAD);
    await this.#flashCommand("read", this.ESP_READ_FLASH, data, LIMITS.answer);
    const limit = LIMITS.answer + this.#lineTime(AHEAD);
    const packets: Uint8Array[] = [];
    for (let received = 0; received < size; ) {
      const packet = await this.line.read(limit);
      received += packet.length;
      if (packet.length !== Math.min(PACKET_SIZE, size - received + packet.length))
        throw new LinkError("the board sent a packet of another length than it was asked for");
      packets.push(packet);
      await this.line.write(words(received));
    }
    const bytes = concat(packets);
    const digest = toHex(await this.line.read(limit));
    if (digest !== md5Of(bytes))
      throw new LinkError("what was read does not have the MD5 that the board sent");
    return bytes;
  }

  #flashCommand(what: string, command: number, data: Uint8Array, limit: number, answerSize = 0) {
    return this.checkCommand(what, command, data, 0, answerSize, this.#takeUnfinished(limit));
  }

  /** Milliseconds. The system may take bytes faster than it sends them. */
  #lineTime(bytes: number): number {
    return bytes * this.byteSeconds * 1000;
  }

  /** The stub answers only when it is done with the block before. */
  #takeUnfinished(limit: number): number {
    const whole = limit + this.#unfinished;
    this.#unfinished = 0;
    return whole;
  }
}
