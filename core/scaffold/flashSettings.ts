import type { ChipId } from "../chip/targets";
import { parseIdfVersion } from "../compat/idfVersion";
import { needsSameClock } from "../compat/pairEvidence";
import type { ImageHeader } from "../image/header";
import type { ProjectIdf } from "./projectIdf";

/** How the bootloader of the devices drives their flash, as its header says; undefined where nobody knows the header. */
export type BootloaderFlash = Pick<ImageHeader, "flashMode" | "flashFrequency">;

export interface FlashSubject {
  readonly idf: ProjectIdf;
  readonly chip: { readonly id: ChipId };
  readonly bootloaderFlash: BootloaderFlash | undefined;
}

/** MHz: ESP-IDF's own default for the ESP32, and one that every flash chip knows. */
export const USUAL_CLOCK = 40;

/** Clocks in MHz that can be named (`choice ESPTOOLPY_FLASHFREQ` of the ESP32). */
const NAMED: readonly number[] = [20, 26, 40, 80];

/**
 * Mode and clock of an app. An app of the ESP32 sets the clock of its own header while it starts, and keeps the mode of
 * the bootloader. Of the modes only DIO and DOUT can be told: an app for QIO does not run where the bootloader has
 * another one, but one for DIO runs under QIO (esp-idf#9674). On all other chips apps tune the flash by themselves.
 */
export function flashSettings({ idf, chip, bootloaderFlash }: FlashSubject) {
  const prefix = idf.major < 4 ? "CONFIG_FLASHMODE" : "CONFIG_ESPTOOLPY_FLASHMODE";
  const isEsp32 = chip.id === "esp32";
  const mode = isEsp32 && bootloaderFlash?.flashMode === "dout" ? "DOUT" : "DIO";
  const known = isEsp32 ? knownClock(bootloaderFlash) : undefined;
  return {
    why:
      known === undefined
        ? "A mode and a clock that every flash chip knows."
        : "The clock of the bootloader, and a mode that runs under each of its modes.",
    lines: [
      `${prefix}_${mode}=y`,
      ...(isEsp32 ? [`CONFIG_ESPTOOLPY_FLASHFREQ_${known ?? USUAL_CLOCK}M=y`] : []),
    ],
  };
}

/** MHz: the bootloader's, where it is one that an app can be built for. */
export const knownClock = (flash: BootloaderFlash | undefined): number | undefined =>
  NAMED.find((clock) => clock === flash?.flashFrequency);

/** Whether its apps change the clock with code that is read from the very flash. */
function isFragile({ release }: ProjectIdf): boolean {
  const version = parseIdfVersion(release);
  return version !== undefined && needsSameClock(version);
}

/** What somebody has to find out before this app gets to a device; empty where there is nothing. */
export function clockDoubt({ idf, chip, bootloaderFlash }: FlashSubject): string {
  if (chip.id !== "esp32" || knownClock(bootloaderFlash) !== undefined) return "";
  return isFragile(idf)
    ? `It is not known with which clock the bootloader of the devices drives their flash, and apps of ESP-IDF ${idf.release} crash in their start where it is not ${USUAL_CLOCK} MHz. Name the bootloader of a device as "image" of "bootloader" in crossflash.json, or build with the newest bugfix release of v${idf.major}.${idf.minor}.`
    : "";
}
