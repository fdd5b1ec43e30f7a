import { failure, type Result, success } from "../core/result";

/** An option of a command: how it is written, what the help says, and how its texts become a value. */
export interface Option<T> {
  /** What follows the option, as the help shows it (`OUT.bin`); a flag has none. */
  readonly value?: string;
  /** The one-letter form, without the dash. */
  readonly short?: string;
  readonly help: string;
  readonly required?: true;
  /** May be given several times; otherwise the last one counts, as everywhere. */
  readonly many?: true;
  /** The texts that were given, in order, none for an option that was not. A failure's message ends a sentence. */
  read(texts: readonly string[]): Result<T, "usage">;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

export type ValuesOf<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

export const refused = (message: string) => failure("usage", 0, message);

export const flag = (help: string, short?: string): Option<boolean> => ({
  help,
  ...(short === undefined ? {} : { short }),
  read: (texts) => success(texts.length > 0),
});

export const text = (value: string, help: string, short?: string): Option<string | undefined> => ({
  value,
  help,
  ...(short === undefined ? {} : { short }),
  read: (texts) => success(texts.at(-1)),
});

export const requiredText = (value: string, help: string, short?: string): Option<string> => ({
  ...text(value, help, short),
  required: true,
  read: (texts) => {
    const last = texts.at(-1);
    return last === undefined ? refused("is missing") : success(last);
  },
});

export const choice = <const T extends string>(choices: readonly T[], help: string) =>
  oneOf(choices.join("|"), help, (given) => {
    const known = choices.find((one) => one === given);
    return known === undefined ? refused(`must be ${listOf(choices)}, not '${given}'`) : success(known);
  });

/** An option that may be given several times. */
export const manyOf = <T>(
  value: string,
  help: string,
  parse: (text: string) => Result<T, "usage">,
): Option<readonly T[]> => ({
  value,
  help,
  many: true,
  read: (texts) => {
    const values: T[] = [];
    for (const one of texts) {
      const parsed = parse(one);
      if (!parsed.ok) return parsed;
      values.push(parsed.value);
    }
    return success(values);
  },
});

/** An option with one value, which `parse` reads; undefined when it is not given. */
export const oneOf = <T>(
  value: string,
  help: string,
  parse: (text: string) => Result<T, "usage">,
): Option<T | undefined> => ({
  value,
  help,
  read: (texts) => {
    const last = texts.at(-1);
    return last === undefined ? success(undefined) : parse(last);
  },
});

/** The short way to write an option with what follows it: `-o OUT.bin`, `--no-md5`. */
export const spelling = (name: string, { short, value }: Option<unknown>): string =>
  `${short === undefined ? `--${name}` : `-${short}`}${value === undefined ? "" : ` ${value}`}`;

/** `text, json or sarif`. */
const listOf = (words: readonly string[]): string => `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
