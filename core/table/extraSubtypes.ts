import { failure, type Result, success } from "../result";
import { strip } from "../text/python";
import { type ExtraSubtype, partitionTypes, subtypesOf } from "./subtypes";

export type ExtraSubtypeFault = "malformed" | "unknown-type" | "number" | "duplicate";

/**
 * Reads `type, name, number` triples as `--extra-partition-subtypes` takes them. The number is always hexadecimal,
 * with or without `0x`. A number that the type already has is refused, as the tool refuses it.
 */
export function parseExtraSubtypes(texts: readonly string[]): Result<ExtraSubtype[], ExtraSubtypeFault> {
  const extra: ExtraSubtype[] = [];
  for (const [index, text] of texts.entries()) {
    const [typeText = "", name = "", number = "", ...rest] = text.split(",").map(strip);
    const inText = `in the extra subtype '${text}'`;
    if (name === "" || rest.length > 0) {
      return failure(
        "malformed",
        index,
        `Write 'type, name, number' ${inText}, for example 'data, settings, 0x40'.`,
      );
    }
    const type = partitionTypes.find((known) => known.name === typeText)?.value;
    if (type === undefined)
      return failure("unknown-type", index, `'${typeText}' ${inText} is not a partition type.`);
    if (!/^(0x)?[0-9a-f]+$/i.test(number))
      return failure("number", index, `'${number}' ${inText} is not a hex number.`);
    const value = Number.parseInt(number, 16);
    const taken = subtypesOf(type, extra).find((known) => known.value === value);
    if (taken)
      return failure("duplicate", index, `The number ${number} ${inText} already means '${taken.name}'.`);
    extra.push({ type, name, value });
  }
  return success(extra);
}
