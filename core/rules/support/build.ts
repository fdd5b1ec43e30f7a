import type { BuildConfig, ConfigLine } from "../../project/buildConfig";

/** Whether an option is set. */
export const isOn = ({ options }: BuildConfig, name: string): boolean => options.get(name)?.value === "y";

/** The line that counts for the first of these options that has one. */
export const lineFor = ({ options }: BuildConfig, names: readonly string[]): ConfigLine | undefined =>
  names.flatMap((name) => options.get(name) ?? [])[0];

/** `Line 7 of sdkconfig says 'CONFIG_…=y'`. */
export const lineSays = ({ line, file, text }: ConfigLine): string =>
  `Line ${line} of ${file} says '${text.trim()}'`;

/** What to do so that an option is as wanted: change the line that says otherwise, or add one. */
export const setInstead = ({ file }: BuildConfig, line: ConfigLine | undefined, wanted: string): string =>
  line ? `Change it to '${wanted}'.` : `Add the line '${wanted}' to ${file}.`;

/** An option that ESP-IDF renamed, and the major version from which on it has the new name. */
export interface RenamedOption {
  readonly before: string;
  readonly now: string;
  readonly since: number;
}

/**
 * The name that the project's ESP-IDF has for an option. A generated file has it, set or not, as one of `lines`; where it
 * has none, there is no such option. For defaults the version decides, and unless it is known, the new name is meant.
 */
export function nameOf(
  build: BuildConfig,
  { before, now, since }: RenamedOption,
  linesOf = (name: string): readonly string[] => [name],
): string | undefined {
  if (build.isGenerated) return [now, before].find((name) => lineFor(build, linesOf(name)) !== undefined);
  return build.idfMajor !== undefined && build.idfMajor < since ? before : now;
}

/** What else to say to whoever adds a line while nobody knows which name is the right one. */
export const otherName = (
  { idfMajor, isGenerated }: BuildConfig,
  { before, since }: RenamedOption,
  end = "",
): string =>
  isGenerated || idfMajor !== undefined
    ? ""
    : ` Before ESP-IDF v${since}.0 the option is called ${before}${end}.`;
