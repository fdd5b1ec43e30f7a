import { flashSizeOfNibble } from "../../chip/flashSize";
import { u8, u32 } from "../../image/bytes";
import { HEADER_SIZE, MAGIC } from "../../image/header";
import type { TableRow } from "../../image/tableRows";
import { log, read } from "../effect";
import { type BootloaderSetup, bootloader } from "./bootloader";
import { type BootTask, verify } from "./effects";

/**
 * A device from its reset to the app that it starts: the ROM loads the bootloader from its fixed place, and the
 * bootloader goes on. Gives the row of the app; nothing where the device resets and tries again.
 */
export function* powerOn(setup: Omit<BootloaderSetup, "flashSize">): BootTask<TableRow | undefined> {
  const { chip, tableOffset } = setup;
  const offset = chip.bootloaderOffset;
  yield* log("rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)");
  const fault = yield* verify({ offset, size: tableOffset - offset }, chip.imageChipId);
  const header = yield* read(offset, HEADER_SIZE);
  if (fault !== "") {
    yield* log(
      u8(header, 0) === MAGIC ? fault : `invalid header: 0x${u32(header, 0).toString(16).padStart(8, "0")}`,
    );
    return undefined;
  }
  return yield* bootloader({ ...setup, flashSize: flashSizeOfNibble(u8(header, 3) >> 4) });
}
