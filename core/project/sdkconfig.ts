import { parseFlashSize } from "../chip/flashSize";
import { chipById } from "../chip/targets";
import type { Facts } from "../facts";
import { parseIntLiteral } from "../text/python";

/** The value that `# CONFIG_X is not set` gives an option. */
const NOT_SET = "n";

/** A line of an `sdkconfig` that sets an option. */
export interface ConfigOption {
  /** With its `CONFIG_`. */
  readonly name: string;
  /** Without quotes; `n` for one that is not set. */
  readonly value: string;
  /** Number of the line, from 1. */
  readonly line: number;
  readonly text: string;
}

/** The lines that set options; others are passed over. Any text will do. */
export const sdkconfigOptions = (text: string): ConfigOption[] =>
  text.split(/\r\n|\n|\r/).flatMap((written, index) => {
    const [, name, value] = /^(CONFIG_\w+)=(.*)$/.exec(written) ?? [];
    const unset = /^# (CONFIG_\w+) is not set/.exec(written)?.[1];
    const place = { line: index + 1, text: written };
    if (name !== undefined) return [{ name, value: unquoted(value ?? ""), ...place }];
    return unset === undefined ? [] : [{ name: unset, value: NOT_SET, ...place }];
  });

/** The values of the options of an `sdkconfig` or `sdkconfig.defaults` by their names; the last line for one counts. */
export const parseSdkconfig = (text: string): Map<string, string> =>
  new Map(sdkconfigOptions(text).map(({ name, value }) => [name, value]));

/** What the options say of the device and of the table. Options that are missing or make no sense leave the fact unknown. */
export function sdkconfigFacts(options: ReadonlyMap<string, string>): Partial<Facts> {
  return known({
    chip: chipById(options.get("CONFIG_IDF_TARGET") ?? ""),
    flashSize: flashSizeOf(options),
    tableOffset: numberOf(options, "CONFIG_PARTITION_TABLE_OFFSET"),
    md5Row: options.get("CONFIG_PARTITION_TABLE_MD5") === NOT_SET ? false : undefined,
    secure: secureOf(options),
    primaryBootloaderOffset: numberOf(options, "CONFIG_BOOTLOADER_OFFSET_IN_FLASH"),
    recoveryBootloaderOffset: numberOf(options, "CONFIG_BOOTLOADER_RECOVERY_OFFSET"),
  });
}

/** Only the facts that are known, so that they can be spread over others without hiding them. */
export const known = (facts: Unsure<Facts>): Partial<Facts> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

type Unsure<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

const unquoted = (value: string): string => /^"(.*)"\s*$/.exec(value)?.[1] ?? value.trim();

/** A generated file names the size; in defaults there is often only the choice, `CONFIG_ESPTOOLPY_FLASHSIZE_4MB=y`. */
function flashSizeOf(options: ReadonlyMap<string, string>): number | undefined {
  const named = parseFlashSize(options.get("CONFIG_ESPTOOLPY_FLASHSIZE") ?? "");
  if (named !== undefined) return named;
  for (const [name, value] of options) {
    const size = /^CONFIG_ESPTOOLPY_FLASHSIZE_(\d+MB)$/.exec(name)?.[1];
    if (size !== undefined && value === "y") return parseFlashSize(size);
  }
  return undefined;
}

/** As `partition_table/CMakeLists.txt` and, before v4.0, `Makefile.projbuild` choose the tool's `--secure`. */
function secureOf(options: ReadonlyMap<string, string>): Facts["secure"] {
  const isOn = (name: string) => options.get(name) === "y";
  if (isOn("CONFIG_SECURE_BOOT_ALLOW_SHORT_APP_PARTITION")) return undefined;
  if (isOn("CONFIG_SECURE_BOOT_V2_ENABLED")) return "v2";
  return isOn("CONFIG_SECURE_BOOT_V1_ENABLED") || isOn("CONFIG_SECURE_BOOT_ENABLED") ? "v1" : undefined;
}

function numberOf(options: ReadonlyMap<string, string>, name: string): number | undefined {
  const value = parseIntLiteral(options.get(name) ?? "");
  return value !== undefined && 0 <= value && value <= 0xffffffff ? value : undefined;
}
