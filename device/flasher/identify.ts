import type { SecurityInfo } from "esptool-js";
import { CHIP_DEFS } from "esptool-js/lib/targets/index.js";
import { type ChipTarget, chipById, chipByImageId } from "../../core/chip/targets";
import type { BoardIdentity } from "../../core/job/board";
import { encryption, esp32Security, protection, revisionOf } from "./chipFuses";
import { BoardFault } from "./fault";
import { isFinal, LinkError } from "./linkErrors";
import type { BoardLoader } from "./loader";

export type ChipFacts = Pick<BoardIdentity, "chip" | "revision" | "mac" | "security">;

/** A word of the ROM at an address that every chip has; only the chips that cannot tell their id are looked up. */
const MAGIC_ADDRESS = 0x40001000;
const MAGIC_ESP32 = 0x00f01d83;
const MAGIC_ESP8266 = 0xfff0c101;
const SECURE_BOOT_FLAG = 1;
const READINGS = 4;

/**
 * Chip, MAC and fuses, read until two readings in a row agree: the answers carry no checksum, and a wrong MAC would
 * send the job to another board.
 */
export async function identifyChip(loader: BoardLoader): Promise<ChipFacts> {
  let before: string | undefined;
  for (let reading = 0; reading < READINGS; reading++) {
    const facts = await chipFacts(loader);
    const text = JSON.stringify({ ...facts, chip: facts.chip.id });
    if (text === before) return facts;
    before = text;
  }
  throw new LinkError("the chip says something else of itself each time");
}

async function chipFacts(loader: BoardLoader): Promise<ChipFacts> {
  const info = await securityInfo(loader);
  const chip = info ? chipOf(info) : await chipByMagic(loader);
  if (info?.parsedFlags.SECURE_DOWNLOAD_ENABLE) throw new BoardFault("refused", secureDownloadText(chip));
  loader.chip = CHIP_DEFS[chip.id];
  return {
    chip,
    mac: (await loader.chip.readMac(loader)).toLowerCase(),
    revision: await revisionOf(loader, chip),
    security: info
      ? {
          flashEncryption: encryption(info.flashCryptCnt),
          secureBoot: protection((info.flags & SECURE_BOOT_FLAG) !== 0),
        }
      : await esp32Security(loader),
  };
}

/** All chips since the ESP32-S2 know this command. */
async function securityInfo(loader: BoardLoader): Promise<SecurityInfo | undefined> {
  try {
    return await loader.getSecurityInfo(false);
  } catch (error) {
    if (isFinal(error)) throw error;
    return undefined;
  }
}

/** The ESP32-S2 is the one that tells its fuses but not its id. */
function chipOf({ chipId }: SecurityInfo): ChipTarget {
  const chip = chipId === null ? chipById("esp32s2") : chipByImageId(chipId);
  if (!chip)
    throw new BoardFault(
      "refused",
      `The board has a chip with the id ${chipId}, which Crossflash does not know.`,
    );
  return chip;
}

async function chipByMagic(loader: BoardLoader): Promise<ChipTarget> {
  const magic = (await loader.readReg(MAGIC_ADDRESS)) >>> 0;
  const chip = magic === MAGIC_ESP32 ? chipById("esp32") : undefined;
  if (chip) return chip;
  if (magic === MAGIC_ESP8266)
    throw new BoardFault(
      "refused",
      "The board has an ESP8266. Crossflash is for the ESP32 and its successors.",
    );
  throw new LinkError(`no chip is known by 0x${magic.toString(16)}`);
}

const secureDownloadText = ({ name }: ChipTarget): string =>
  `The ${name} is in secure download mode: it neither says who it is nor lets its flash be compared. Nothing was done to it. That fuse cannot be changed back.`;

/** Bytes of a flash chip by the capacity byte of its JEDEC id; undefined where it names no size. */
export function flashSizeOfId(flashId: number): number | undefined {
  const capacity = (flashId >>> 16) & 0xff;
  if (capacity >= 0x12 && capacity <= 0x1c) return 2 ** capacity;
  if (capacity >= 0x20 && capacity <= 0x22) return 2 ** (capacity - 0x20 + 26);
  if (capacity >= 0x32 && capacity <= 0x3a) return 2 ** (capacity - 0x20);
  return undefined;
}
