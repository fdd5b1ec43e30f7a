import { u8 } from "../../core/image/bytes";

/** What is burnt into one chip: who it is and what it forbids. */
export interface ChipIdentity {
  /** The base MAC, 6 bytes as they are printed. */
  readonly mac: Uint8Array;
  /** major * 100 + minor. */
  readonly revision: number;
  readonly security: SecurityFuses;
}

export interface SecurityFuses {
  readonly flashEncryption?: boolean;
  /** Version 1 exists on the ESP32 alone. */
  readonly secureBoot?: "v1" | "v2";
  /** The ROM then knows no command that reads or runs anything. The ESP32 has no such fuse. */
  readonly secureDownload?: boolean;
}

/** Addresses and the words that stand there; every other word of the fuses is 0. */
export type FuseWords = readonly (readonly [address: number, value: number])[];

const macLow = (mac: Uint8Array): number =>
  ((u8(mac, 2) << 24) | (u8(mac, 3) << 16) | (u8(mac, 4) << 8) | u8(mac, 5)) >>> 0;
const macHigh = (mac: Uint8Array): number => (u8(mac, 0) << 8) | u8(mac, 1);
const bit = (set: boolean | undefined, position: number): number => (set ? 1 << position : 0);

/**
 * Block 0 of the ESP32 (`efuse_reg.h`): the MAC with its CRC in words 1 and 2, package (1 = D0WD) and clock rating in
 * word 3, the revision in words 3 and 5 and, for its third bit, in `APB_CTRL_DATE_REG`.
 */
export const esp32Fuses = ({ mac, revision, security }: ChipIdentity): FuseWords => [
  [0x3ff5a000, bit(security.flashEncryption, 20)],
  [0x3ff5a004, macLow(mac)],
  [0x3ff5a008, (crc8(mac) << 16) | macHigh(mac)],
  [0x3ff5a00c, (1 << 9) | (1 << 13) | bit(revision >= 100, 15)],
  [0x3ff5a010, CLOCK_8M],
  [0x3ff5a014, bit(revision >= 200, 20) | ((revision % 100) << 24)],
  [0x3ff5a018, bit(security.secureBoot === "v1", 4) | bit(security.secureBoot === "v2", 5)],
  [0x3ff6607c, (0x16042000 | bit(revision >= 300, 31)) >>> 0],
  [0x3ff5f06c, CALIBRATION << 7],
];

/** From these two esptool.py works out what the ROM takes for its crystal: 40 MHz. */
const CLOCK_8M = 50;
const CALIBRATION = 2048;

/** CRC-8 with the polynomial of Dallas/Maxim, as the factory burns it behind the MAC. */
const crc8 = (bytes: Uint8Array): number => bytes.reduce((crc, byte) => crc8Step(crc ^ byte), 0);

const crc8Step = (value: number): number => {
  let crc = value;
  for (let step = 0; step < 8; step++) crc = crc & 1 ? (crc >>> 1) ^ 0x8c : crc >>> 1;
  return crc;
};

/** Where a later chip has its revision in block 1: word, lowest bit and width of each part. */
export interface RevisionFields {
  readonly minorLow: RevisionField;
  readonly minorHigh?: RevisionField;
  readonly major: RevisionField;
}

export type RevisionField = readonly [word: number, lowestBit: number, width: number];

/** All chips since the ESP32-S2 have their fuses alike; `base` is where the controller lies (`efuse_reg.h`). */
export const laterFuses =
  (base: number, fields: RevisionFields) =>
  ({ mac, revision, security }: ChipIdentity): FuseWords => {
    const block1 = [macLow(mac), macHigh(mac), 0, 0, 0, 0];
    const put = ([word, lowestBit, width]: RevisionField, value: number): void => {
      block1[word] = ((block1[word] ?? 0) | ((value & ((1 << width) - 1)) << lowestBit)) >>> 0;
    };
    put(fields.minorLow, revision % 100);
    if (fields.minorHigh) put(fields.minorHigh, (revision % 100) >> fields.minorLow[2]);
    put(fields.major, Math.floor(revision / 100));
    return [
      [base + 0x34, bit(security.flashEncryption, 18)],
      [base + 0x38, bit(security.secureBoot !== undefined, 20)],
      ...block1.map((value, index) => [base + 0x44 + index * 4, value] as const),
    ];
  };
