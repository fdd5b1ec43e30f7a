import { parseIdfVersion } from "../../core/compat/idfVersion";

/** What somebody says of the bootloader of the devices. */
export interface StatedBootloader {
  readonly idf?: string;
  readonly arduino?: string;
}

const ARDUINO = /^arduino\s+v?(\d+\.\d+(?:\.\d+)?)$/i;

/** `v3.3.5` is an ESP-IDF, `arduino 1.0.6` an Arduino core, and nothing means that nobody knows. */
export function statedBootloader(text: string): StatedBootloader | undefined {
  const words = text.trim();
  if (words === "") return {};
  const arduino = ARDUINO.exec(words)?.[1];
  if (arduino !== undefined) return { arduino };
  return parseIdfVersion(words) ? { idf: words } : undefined;
}

export const bootloaderFault = (text: string): string | undefined =>
  statedBootloader(text)
    ? undefined
    : "Write the version of ESP-IDF, such as v3.3.5, or of the Arduino core, such as arduino 1.0.6.";
