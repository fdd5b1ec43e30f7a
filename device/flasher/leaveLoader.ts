import type { ChipId } from "../../core/chip/targets";
import type { BoardLoader } from "./loader";

/** Registers of a chip with native USB of its own. Source: `RTC_CNTL` and `GPIO_STRAP` in the headers of ESP-IDF. */
interface UsbChip {
  /** Bit 0 brings the loader back after every reset; whoever asked for it over USB has set it. */
  readonly forceDownload: number;
  /** Bit 3 is the level that IO0 had when the chip got its power. */
  readonly strap: number;
  readonly watchdog: { readonly config: number; readonly stage: number; readonly protect: number };
}

const USB_CHIPS: Readonly<Partial<Record<ChipId, UsbChip>>> = {
  esp32s2: {
    forceDownload: 0x3f408128,
    strap: 0x3f404038,
    watchdog: { config: 0x3f408094, stage: 0x3f408098, protect: 0x3f4080ac },
  },
  esp32s3: {
    forceDownload: 0x6000812c,
    strap: 0x60004038,
    watchdog: { config: 0x60008098, stage: 0x6000809c, protect: 0x600080b0 },
  },
};

const STRAPPED_TO_FLASH = 1 << 3;
const UNLOCK = 0x50d83aa1;
/** Cycles of the slow clock: some ten milliseconds. */
const SOON = 2000;
/** Enabled, and its first stage resets the whole system. */
const RESET_SYSTEM = ((1 << 31) | (5 << 28) | (1 << 8) | 2) >>> 0;
const RESET_PAUSE = 500;

/**
 * Before a reset into flash of a chip with native USB: takes back the wish for the loader, without which it would come
 * back for ever. True where the chip was reset at once: one whose IO0 was held down when it got its power starts its
 * loader again by any other reset, so a watchdog does it, as `hard_reset` of esptool's targets has it.
 */
export async function leaveLoader(loader: BoardLoader, chip: ChipId): Promise<boolean> {
  const registers = USB_CHIPS[chip];
  if (!registers) return false;
  await loader.writeReg(registers.forceDownload, 0, 1);
  if (!(await loader.usesUsbOtg())) return false;
  if (((await loader.readReg(registers.strap)) & STRAPPED_TO_FLASH) !== 0) return false;
  const { config, stage, protect } = registers.watchdog;
  await loader.writeReg(protect, UNLOCK);
  await loader.writeReg(stage, SOON);
  await loader.writeReg(config, RESET_SYSTEM);
  // The chip may be gone before it has answered.
  await loader.writeReg(protect, 0).catch(() => undefined);
  await loader.clock.pause(RESET_PAUSE);
  return true;
}
