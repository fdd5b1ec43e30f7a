import type { Fault, FlashFault } from "./faults";
import { eraseFlash, flashMd5, overwriteFlash, programFlash, readFlash, SECTOR_SIZE } from "./norFlash";

/** The flash chip of a board, with its wear counted and its faults at work. False and undefined: beyond its end. */
export interface FlashChip {
  readonly size: number;
  /** Whether SPI_ATTACH has connected it, which the ROM does not do by itself. */
  attached: boolean;
  read(offset: number, size: number): Uint8Array | undefined;
  program(offset: number, data: Uint8Array): boolean;
  erase(offset: number, size: number): boolean;
  /** What half an operation has left, whatever bits it has set or cleared; beyond the end nothing. */
  tear(offset: number, left: Uint8Array): void;
  md5(offset: number, size: number): Uint8Array | undefined;
  /** The answer to a command byte on the SPI bus, first byte lowest. */
  command(command: number): number;
}

export interface FlashCounters {
  readonly programmedBytes: number;
  readonly erasedSectors: number;
}

/** GigaDevice's GD25Q series; the third byte is the power of two of the size. */
const MANUFACTURER = 0xc8;
const DEVICE = 0x40;
const READ_ID = 0x9f;
const READ_STATUS = [0x05, 0x35, 0x15];
const NOBODY_ANSWERS = 0xffffffff;

export const flashChip = (
  bytes: Uint8Array,
  faults: readonly Fault[],
): { readonly chip: FlashChip; readonly counters: () => FlashCounters } => {
  const stuck = faults.filter((fault): fault is FlashFault => fault.kind === "stuck");
  let programmedBytes = 0;
  let erasedSectors = 0;
  const chip: FlashChip = {
    size: bytes.length,
    attached: false,
    read: (offset, size) => readFlash(bytes, offset, size),
    md5: (offset, size) => flashMd5(bytes, offset, size),
    program(offset, data) {
      programmedBytes += data.length;
      return withoutChanging(stuck, bytes, () => programFlash(bytes, offset, data));
    },
    erase(offset, size) {
      erasedSectors += Math.ceil(size / SECTOR_SIZE);
      return withoutChanging(stuck, bytes, () => eraseFlash(bytes, offset, size));
    },
    tear(offset, left) {
      withoutChanging(stuck, bytes, () => overwriteFlash(bytes, offset, left));
    },
    command(command) {
      if (!chip.attached) return NOBODY_ANSWERS;
      if (command === READ_ID) return (Math.log2(bytes.length) << 16) | (DEVICE << 8) | MANUFACTURER;
      return READ_STATUS.includes(command) ? 0 : NOBODY_ANSWERS;
    },
  };
  return { chip, counters: () => ({ programmedBytes, erasedSectors }) };
};

const withoutChanging = (
  regions: readonly FlashFault[],
  bytes: Uint8Array,
  change: () => boolean,
): boolean => {
  const before = regions.map(({ offset, size }) => bytes.slice(offset, offset + size));
  const done = change();
  for (const [index, { offset }] of regions.entries()) bytes.set(before[index] ?? [], offset);
  return done;
};
