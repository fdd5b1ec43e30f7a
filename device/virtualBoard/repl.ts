import { asciiBytes } from "../../core/image/bytes";
import { PROMPT } from "./boot";

const INTERRUPT = 0x03;
const SOFT_RESET = 0x04;
const ENTER = 0x0d;

/** As much of MicroPython's prompt as a monitor shows: it echoes, understands nothing, and can be reset. */
export const replAnswer = (banner: string, bytes: Uint8Array): Uint8Array =>
  asciiBytes(Array.from(bytes, (byte) => answerTo(banner, byte)).join(""));

const answerTo = (banner: string, byte: number): string => {
  if (byte === ENTER || byte === INTERRUPT) return `\r\n${PROMPT}`;
  if (byte === SOFT_RESET) return `\r\nMPY: soft reboot\r\n${banner}\r\n${PROMPT}`;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "";
};
