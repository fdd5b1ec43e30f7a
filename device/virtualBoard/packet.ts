import { u8, u16, u32 } from "../../core/image/bytes";
import { concat, words } from "../bytes";

/** Command bytes. Source: "Commands" of esptool's page on the serial protocol; from 0xd0 on only the stub has them. */
export const COMMAND = {
  flashBegin: 0x02,
  flashData: 0x03,
  flashEnd: 0x04,
  memBegin: 0x05,
  memEnd: 0x06,
  memData: 0x07,
  sync: 0x08,
  writeReg: 0x09,
  readReg: 0x0a,
  spiSetParams: 0x0b,
  spiAttach: 0x0d,
  readFlashSlow: 0x0e,
  changeBaudRate: 0x0f,
  flashDeflBegin: 0x10,
  flashDeflData: 0x11,
  flashDeflEnd: 0x12,
  spiFlashMd5: 0x13,
  getSecurityInfo: 0x14,
  eraseFlash: 0xd0,
  eraseRegion: 0xd1,
  readFlash: 0xd2,
  runUserCode: 0xd3,
} as const;

/** A command as the host sends it. */
export interface Request {
  readonly command: number;
  /** Meant only for the commands that carry data to be written. */
  readonly checksum: number;
  readonly data: Uint8Array;
}

const HEADER_SIZE = 8;
/** Size, sequence number and two unused words in front of the data to be written. */
const DATA_HEADER_SIZE = 16;
const CHECKSUM_START = 0xef;

/** Undefined for what is no command: too short, a response, or of another length than it says. */
export const readRequest = (packet: Uint8Array): Request | undefined =>
  packet.length >= HEADER_SIZE && u8(packet, 0) === 0 && u16(packet, 2) === packet.length - HEADER_SIZE
    ? { command: u8(packet, 1), checksum: u32(packet, 4), data: packet.subarray(HEADER_SIZE) }
    : undefined;

export const requestPacket = (command: number, data: Uint8Array, checksum = 0): Uint8Array =>
  concat([Uint8Array.of(0, command, data.length, data.length >> 8), words(checksum), data]);

export const responsePacket = (command: number, value: number, body: Uint8Array): Uint8Array =>
  concat([Uint8Array.of(1, command, body.length, body.length >> 8), words(value), body]);

/** The n-th 32-bit word of the data; 0 where there is none. */
export const word = ({ data }: Request, index: number): number => u32(data, index * 4);

export const payload = ({ data }: Request): Uint8Array => data.subarray(DATA_HEADER_SIZE);

/** Whether the data to be written is as long as its own header says. */
export const hasWholePayload = (request: Request): boolean =>
  request.data.length >= DATA_HEADER_SIZE && payload(request).length === word(request, 0);

export const checksumOf = (data: Uint8Array): number =>
  data.reduce((checksum, byte) => checksum ^ byte, CHECKSUM_START);
