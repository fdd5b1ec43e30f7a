import type { ChipId } from "../../core/chip/targets";
import type { BoardIdentity } from "../../core/job/board";
import { type FlashRange, rangeEnd, rangeText } from "../../core/job/range";
import { hex, sizeText } from "../../core/text/units";
import { BoardFault } from "./fault";

/** Chips whose stub addresses flash with four bytes where needed: `SOC_SPI_FLASH_4B_ADDR_SUPPORTED` of esp-stub-lib. */
const FOUR_BYTES: readonly ChipId[] = ["esp32s3", "esp32p4", "esp32c5", "esp32c61", "esp32s31"];
/** What three bytes of an address reach: behind it the flash begins again, and an MD5 would not tell. */
const THREE_BYTES = 0x1000000;

type Reach = Pick<BoardIdentity, "chip" | "flashSize">;

/** How much of the flash can be read and written, in bytes; undefined where nothing is known to limit it. */
export function reachableSize({ chip, flashSize }: Reach): number | undefined {
  if (FOUR_BYTES.includes(chip.id)) return flashSize;
  return Math.min(flashSize ?? THREE_BYTES, THREE_BYTES);
}

/** Before anything is done: an address behind what can be reached is one at the beginning of flash. */
export function refuseBeyond(ranges: readonly FlashRange[], reach: Reach): void {
  const end = reachableSize(reach);
  const beyond = end === undefined ? undefined : ranges.find((range) => rangeEnd(range) > end);
  if (!beyond) return;
  const { chip, flashSize } = reach;
  const limit =
    flashSize === end
      ? `the flash of the board, which has ${sizeText(flashSize ?? 0)} and ends at ${hex(flashSize ?? 0)}`
      : `the first ${sizeText(THREE_BYTES)}, and the ${chip.name} can be flashed no further over this connection`;
  throw new BoardFault("refused", `${rangeText(beyond)} reaches beyond ${limit}. Nothing was done.`);
}
