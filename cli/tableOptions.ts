import { FLASH_SIZES, formatFlashSize, parseFlashSize } from "../core/chip/flashSize";
import { chipById, chipTargets } from "../core/chip/targets";
import { success } from "../core/result";
import { parseExtraSubtypes } from "../core/table/extraSubtypes";
import type { ExtraSubtype } from "../core/table/subtypes";
import { parseIntLiteral } from "../core/text/python";
import { choice, type Option, oneOf, refused } from "./options";

/** The options that several commands share; the words and forms are those of `gen_esp32part.py`. */

export const address = (help: string) =>
  oneOf("N", help, (given) => {
    const value = parseIntLiteral(given);
    return value === undefined || value < 0 || value > 0xffffffff
      ? refused(`must be a flash address such as 0x8000, not '${given}'`)
      : success(value);
  });

export const tableOffset = address("Where the partition table lies in flash; 0x8000 unless told otherwise.");

const sizes = FLASH_SIZES.map(formatFlashSize).join(", ");

export const flashSize = oneOf("SIZE", `Size of the flash: ${sizes}.`, (given) => {
  const size = parseFlashSize(given);
  return size === undefined ? refused(`must be one of ${sizes}, not '${given}'`) : success(size);
});

export const secure = choice(["v1", "v2"], "Check app sizes as Secure Boot of this version needs them.");

const chips = chipTargets.map(({ id }) => id).join(", ");

export const chip = oneOf("CHIP", `The chip: ${chips}.`, (given) => {
  const target = chipById(given);
  return target === undefined ? refused(`must be one of ${chips}, not '${given}'`) : success(target);
});

export const extraSubtypes: Option<readonly ExtraSubtype[]> = {
  value: '"TYPE,NAME,NUMBER"',
  many: true,
  help: 'A subtype of this project, such as "data,cal,0x7f".',
  read: (texts) => {
    const parsed = parseExtraSubtypes(texts);
    return parsed.ok ? parsed : refused(`cannot be read. ${parsed.message.replace(/\.$/, "")}`);
  },
};

/** No file that holds the content of a flash is larger, in bytes. */
export const LARGEST_FLASH = Math.max(...FLASH_SIZES);
