import { parseArgs } from "node:util";
import { failure, type Result, success } from "../core/result";
import { nearestWord } from "../core/rules/support/words";
import type { Args, Command, Operand } from "./command";
import { type Options, spelling } from "./options";

/** Reads the arguments of a command as its declaration says; `help` when the user asks for it anywhere. */
export function parseArguments(
  { options, operand }: Command,
  argv: readonly string[],
): Result<Args<Options> | "help", "usage"> {
  const { tokens } = parseArgs({
    args: [...argv],
    options: parseArgsOptions(options),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const files: string[] = [];
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") files.push(token.value);
    if (token.kind !== "option") continue;
    if (token.name === "help" || token.name === "h") return success("help");
    const value = givenValue(token, options);
    if (!value.ok) return value;
    given.set(token.name, [...(given.get(token.name) ?? []), value.value]);
  }
  const values = readValues(options, given);
  if (!values.ok) return values;
  return countFault(files, operand) ?? success({ files, options: values.value });
}

const usage = (message: string) => failure("usage", 0, message);

const parseArgsOptions = (options: Options) =>
  Object.fromEntries(
    Object.entries(options).map(([name, { short, value }]) => [
      name,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        multiple: true,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function givenValue(
  { name, rawName, value, inlineValue }: OptionToken,
  options: Options,
): Result<string, "usage"> {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) return usage(`There is no option '${rawName}'.${suggestion(name, options)}`);
  if (option.value === undefined)
    return value === undefined ? success("") : usage(`'${rawName}' takes no value.`);
  // A lone dash is standard input or output; anything else with a dash is the next option, so the value was forgotten.
  const forgotten = value === undefined || (!inlineValue && /^-./.test(value));
  return forgotten ? usage(`'${rawName}' needs a value: ${rawName} ${option.value}.`) : success(value);
}

function suggestion(name: string, options: Options): string {
  const found = nearestWord(name, [...Object.keys(options), "help"]);
  return found === undefined ? "" : ` Did you mean '--${found}'?`;
}

function readValues(
  options: Options,
  given: ReadonlyMap<string, readonly string[]>,
): Result<Record<string, unknown>, "usage"> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const read = option.read(given.get(name) ?? []);
    if (!read.ok) return usage(`'${spelling(name, option)}' ${read.message}.`);
    values[name] = read.value;
  }
  return success(values);
}

function countFault(files: readonly string[], operand: Operand | undefined) {
  const [first, second] = files;
  if (!operand) return first === undefined ? undefined : usage(`'${first}' is one argument too many.`);
  const { value, many, optional } = operand;
  if (first === undefined) return optional ? undefined : usage(`${value} is missing.`);
  if (second === undefined || many) return undefined;
  return usage(`One ${value} at a time: '${second}' is one argument too many.`);
}
