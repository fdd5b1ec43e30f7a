import { arduinoRow } from "../compat/data/arduino";
import type { MigrationManifest } from "./manifest";
import { type ConfigOption, sdkconfigOptions } from "./sdkconfig";

/** What a project is built with: its `sdkconfig`, or as long as there is none, its `sdkconfig.defaults`. */
export interface BuildConfig {
  /** The lines that count, by the names of their options. */
  readonly options: ReadonlyMap<string, ConfigLine>;
  /** The file in which a missing option is to be written, as seen from the table. */
  readonly file: string;
  /**
   * Whether there is a generated `sdkconfig`: it has every option that its ESP-IDF knows, so that a missing one does not
   * exist. In defaults a missing option has the default of ESP-IDF.
   */
  readonly isGenerated: boolean;
  /** Major version of the ESP-IDF, where it can be told. */
  readonly idfMajor?: number | undefined;
}

/** An option with the place that says so. */
export interface ConfigLine extends ConfigOption {
  readonly file: string;
}

/** A file of the project: its name as seen from the table, and its text. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads the options as ESP-IDF does: once there is an `sdkconfig`, it counts, even where the defaults were changed since. The version of ESP-IDF is the one that the file names; without one, that of the bootloader, as the repartitioner has to
 * be built with the same major version.
 */
export function buildConfig(
  defaults: ConfigFile | undefined,
  generated: ConfigFile | undefined,
  bootloader: MigrationManifest["bootloader"],
): BuildConfig | undefined {
  const file = generated ?? defaults;
  if (!file) return undefined;
  const lines = sdkconfigOptions(file.text).map((option) => ({ ...option, file: file.name }));
  return {
    options: new Map(lines.map((line) => [line.name, line])),
    file: file.name,
    isGenerated: generated !== undefined,
    idfMajor:
      majorOf(namedVersion(file.text)) ?? majorOf(bootloader?.idf ?? coreVersion(bootloader?.arduino)),
  };
}

/** The head of a generated file, or the option that says which version made it. */
const namedVersion = (text: string): string | undefined =>
  /^# Espressif IoT Development Framework \(ESP-IDF\) v?(\d+\.\d+)/m.exec(text)?.[1] ??
  /^CONFIG_IDF_INIT_VERSION="v?(\d+\.\d+)/m.exec(text)?.[1];

const coreVersion = (core: string | undefined): string | undefined =>
  core === undefined ? undefined : arduinoRow(core)?.idf;

function majorOf(version: string | undefined): number | undefined {
  const major = /^v?(\d+)\./.exec(version ?? "")?.[1];
  return major === undefined ? undefined : Number(major);
}
