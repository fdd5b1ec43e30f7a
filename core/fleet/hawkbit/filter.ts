import { failure, type Result, success } from "../../result";
import type { Attribute } from "../stages";

/** hawkBit takes queries of 1,024 characters; the rest is for the gate. */
const LONGEST = 900;

/**
 * Checks a target filter (RSQL) that somebody gives. What counts is that it stays what it is when the gate is put beside
 * it: a filter that closes brackets which it did not open would let devices past the gate. `at` is an offset in it.
 */
export function checkedFilter(filter: string): Result<string, "filter"> {
  const text = filter.trim();
  if (text === "") return failure("filter", 0, "it is empty; controllerId==* stands for all devices");
  if (text.length > LONGEST) return failure("filter", LONGEST, `it is longer than ${LONGEST} characters`);
  const control = text.search(/\p{Cc}/u);
  if (control >= 0) return failure("filter", control, "it has a control character");
  return bracketsFault(text) ?? success(text);
}

function bracketsFault(text: string) {
  let depth = 0;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== "" && character === "\\") at++;
    else if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === "(") depth++;
    else if (character === ")" && --depth < 0)
      return failure("filter", at, "it closes a bracket that it did not open");
  }
  if (quote !== "") return failure("filter", text.length, "a quotation mark is not closed");
  return depth > 0 ? failure("filter", text.length, "a bracket is not closed") : undefined;
}

/** In hawkBit's RSQL `attribute` are the values that a device, or a relay for it, has reported (`TargetFields.ATTRIBUTE`). */
export const gatedFilter = (filter: string, { name, value }: Attribute): string =>
  `(${filter}) and attribute.${name}==${value}`;

export const bothFilters = (filter: string, other: string): string => `(${filter}) and (${other})`;
