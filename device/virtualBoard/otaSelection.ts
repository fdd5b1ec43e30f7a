import { u32 } from "../../core/image/bytes";
import type { TableRow } from "../../core/image/tableRows";
import { APP, DATA, FACTORY, isOtaSlot, OTA_0, TEST } from "../../core/table/subtypes";

const OTADATA = 0x00;
const SECTOR = 0x1000;
const ERASED = 0xffffffff;
const INVALID = 3;
const ABORTED = 4;

/**
 * The app rows in the order in which a bootloader without rollback tries them (`bootloader_utility.c`): the slot that
 * otadata names, the slots below it, the factory app, the slots above it, the test app.
 */
export const bootOrder = (rows: readonly TableRow[], flash: Uint8Array): readonly TableRow[] => {
  const apps = rows.filter(({ type }) => type === APP);
  const slots = apps.filter(({ type, subtype }) => isOtaSlot(type, subtype));
  const slot = (index: number) => slots.filter(({ subtype }) => subtype - OTA_0 === index).slice(-1);
  const factory = apps.filter(({ subtype }) => subtype === FACTORY);
  const selected = selectedSlot(rows, flash, slots.length, factory.length > 0);
  const below = Array.from({ length: selected + 1 }, (_, index) => selected - index);
  const above = Array.from({ length: slots.length - 1 - selected }, (_, index) => selected + 1 + index);
  return [
    ...below.flatMap(slot),
    ...factory,
    ...above.flatMap(slot),
    ...apps.filter(({ subtype }) => subtype === TEST),
  ].filter(({ size }) => size > 0);
};

const NO_SLOT = -1;

const selectedSlot = (
  rows: readonly TableRow[],
  flash: Uint8Array,
  slots: number,
  hasFactory: boolean,
): number => {
  const otadata = rows.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
  if (!otadata) return NO_SLOT;
  const usable = [0, SECTOR].map((at) => otadata.offset + at).filter((at) => isUsable(flash, at));
  if (usable.length === 0 || slots === 0) return hasFactory || slots === 0 ? NO_SLOT : 0;
  const sequences = usable.filter((at) => hasRightCrc(flash, at)).map((at) => u32(flash, at));
  return sequences.length === 0 ? NO_SLOT : ((Math.max(...sequences) - 1) >>> 0) % slots;
};

const isUsable = (flash: Uint8Array, at: number): boolean => {
  const state = u32(flash, at + 24);
  return u32(flash, at) !== ERASED && state !== INVALID && state !== ABORTED;
};

const hasRightCrc = (flash: Uint8Array, at: number): boolean =>
  u32(flash, at + 28) === sequenceCrc(flash.subarray(at, at + 4));

/** CRC-32 with its register starting at 0, as the ROM function makes it from the start value FFFFFFFF. */
const sequenceCrc = (sequence: Uint8Array): number =>
  ~sequence.reduce((crc, byte) => crc32Step(crc ^ byte), 0) >>> 0;

const crc32Step = (value: number): number => {
  let crc = value;
  for (let step = 0; step < 8; step++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
};
