import { failure, type Result, success } from "../result";
import { type Span, span } from "../text/span";
import { type IntegerLiteral, soleNumber } from "./cLiteral";
import { compiledTokens, tokensOfDirective } from "./conditions";
import { type CToken, lineOf } from "./cSource";

/** The macros of the published repartitioner whose values follow from the table, in its order. */
export const tableMacros = [
  "PARTITION_OTA_1_TARGET_SIZE",
  "PARTITION_VFS_OFFSET",
  "PARTITION_VFS_SIZE",
] as const;

export type TableMacro = (typeof tableMacros)[number];

/** A `#define` of one integer, in whatever parentheses. `at` is the number alone, with its suffix. */
export interface MacroDefinition<Name extends string = string> {
  readonly name: Name;
  readonly at: Span;
  readonly literal: IntegerLiteral;
}

export type MacroFault = "macro-twice" | "macro-value";

/**
 * The definitions that the header has of the named macros. A macro that is defined twice is refused, because only the
 * build knows which definition counts; so is a value that is not one number, because it may follow from others.
 */
export function findMacros<const Name extends string>(
  text: string,
  names: readonly Name[],
): Result<MacroDefinition<Name>[], MacroFault> {
  const found: MacroDefinition<Name>[] = [];
  for (const directive of compiledTokens(text)) {
    if (directive.kind !== "directive") continue;
    const [define, macro, ...value] = tokensOfDirective(text, directive);
    const name = names.find((known) => known === macro?.text);
    if (define?.text !== "define" || !macro || !name) continue;
    const before = found.find((definition) => definition.name === name);
    if (before) return definedTwice(text, before, macro);
    const number = soleNumber(value);
    if (!number) return notANumber(text, macro);
    found.push({ name, at: span(number.token.start, number.token.end), literal: number.literal });
  }
  return success(found);
}

const definedTwice = (text: string, { name, at }: MacroDefinition, second: CToken) =>
  failure(
    "macro-twice",
    second.start,
    `${name} is defined twice, in line ${lineOf(text, at.start)} and in line ${lineOf(text, second.start)}. Keep one definition, then export again.`,
  );

const notANumber = (text: string, { start, text: name }: CToken) =>
  failure(
    "macro-value",
    start,
    `The value of ${name} in line ${lineOf(text, start)} is not one number. Write it as a number, such as 0x180000, then export again.`,
  );
