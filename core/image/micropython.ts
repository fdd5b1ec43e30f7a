import { asciiBytes, indexOfBytes, isPrintable, printableAt } from "./bytes";

/** What a MicroPython firmware says of itself in the banner of its prompt. */
export interface MicroPythonBuild {
  /** As `git describe` gave it: "v1.23.0", "v1.24.0-preview.39.gdf4191378", "afceb56-dirty" for an untagged fork. */
  readonly version: string;
  /** Numbers of the release it is, or is based on; undefined where the firmware names none. */
  readonly release: { readonly major: number; readonly minor: number; readonly patch: number } | undefined;
  /** Build date, "2024-06-02". */
  readonly date: string;
  /** "Generic ESP32 module with OTA with ESP32"; undefined where it does not stand beside the banner. */
  readonly machine: string | undefined;
  /** Variants that the board's name mentions: they decide which table and how much RAM the firmware expects. */
  readonly variants: readonly MicroPythonVariant[];
  /** The LoBo fork has versions of its own, so its `release` is not MicroPython's and stays undefined. */
  readonly fork: "LoBo" | undefined;
}

export type MicroPythonVariant = "OTA" | "SPIRAM" | "SPIRAM_OCT" | "UNICORE" | "D2WD";

const NAME = asciiBytes("MicroPython ");
const PLATFORM = asciiBytes("MicroPython-");
const WITH_MCU = asciiBytes(" with ESP32");
const LONGEST_BANNER = 200;
const LONGEST_MACHINE = 120;

/** Up to v1.19 the banner is one text; later the machine is a second text, and the linker may put it elsewhere. */
const BANNER = /^MicroPython (\S+) on (\d{4}-\d\d-\d\d)(?:; (.+))?$/;
const LOBO_BANNER = /^MicroPython ESP32_LoBo_(\S+) - (\d{4}-\d\d-\d\d) on (.+)$/;
const RELEASE = /^v?(\d+)\.(\d+)(?:\.(\d+))?/;

/** Searches the bytes of one app. Linear; undefined when there is no banner, so for everything that is not MicroPython. */
export const findMicroPython = (app: Uint8Array): MicroPythonBuild | undefined => {
  const banners = textsAt(app, NAME);
  return fromBanners(app, banners) ?? fromLoBoBanner(banners);
};

const fromBanners = (app: Uint8Array, texts: readonly string[]): MicroPythonBuild | undefined => {
  const banners = texts.map((text) => BANNER.exec(text)).filter((match) => match !== null);
  const [, version = "", date = "", machine] = banners.find((match) => match[3]) ?? banners[0] ?? [];
  if (version === "") return undefined;
  return {
    version,
    release: releaseOf(version) ?? releaseOfPlatform(app),
    date,
    ...describeMachine(machine ?? separateMachine(app)),
    fork: undefined,
  };
};

const fromLoBoBanner = (texts: readonly string[]): MicroPythonBuild | undefined => {
  const match = texts.map((text) => LOBO_BANNER.exec(text)).find((found) => found !== null);
  if (!match) return undefined;
  const [, version = "", date = "", machine] = match;
  return { version, release: undefined, date, ...describeMachine(machine), fork: "LoBo" };
};

const describeMachine = (machine: string | undefined) => ({ machine, variants: variantsOf(machine ?? "") });

const variantsOf = (machine: string): readonly MicroPythonVariant[] => {
  const octal = /octal/i.test(machine);
  const mentions: readonly (readonly [MicroPythonVariant, boolean])[] = [
    ["OTA", /\bOTA\b/.test(machine)],
    ["SPIRAM_OCT", octal],
    ["SPIRAM", !octal && /spiram/i.test(machine)],
    ["UNICORE", /unicore/i.test(machine)],
    ["D2WD", /D2WD/.test(machine)],
  ];
  return mentions.filter(([, mentioned]) => mentioned).map(([variant]) => variant);
};

const releaseOf = (version: string): MicroPythonBuild["release"] => {
  const match = RELEASE.exec(version);
  return match
    ? { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0) }
    : undefined;
};

/** A build of an untagged commit still has `platform.platform()`: "MicroPython-1.25.0-preview-xtensa-…". */
const releaseOfPlatform = (app: Uint8Array): MicroPythonBuild["release"] =>
  textsAt(app, PLATFORM)
    .map((text) => releaseOf(text.slice(PLATFORM.length)))
    .find((release) => release !== undefined);

/** "; Generic ESP32 module with ESP32", the second half of the banner. */
const separateMachine = (app: Uint8Array): string | undefined => {
  for (let at = indexOfBytes(app, WITH_MCU); at >= 0; at = indexOfBytes(app, WITH_MCU, at + 1)) {
    const text = printableAt(app, startOfText(app, at), LONGEST_MACHINE);
    const separator = text.indexOf("; ");
    if (separator >= 0) return text.slice(separator + 2);
  }
  return undefined;
};

const startOfText = (app: Uint8Array, at: number): number => {
  let start = at;
  while (start > at - LONGEST_MACHINE && isPrintable(app[start - 1])) start--;
  return start;
};

/** No firmware repeats its name this often; whatever does is not worth more time. */
const MOST_TEXTS = 1000;

const textsAt = (app: Uint8Array, beginning: Uint8Array): readonly string[] => {
  const texts: string[] = [];
  let at = indexOfBytes(app, beginning);
  while (at >= 0 && texts.length < MOST_TEXTS) {
    texts.push(printableAt(app, at, LONGEST_BANNER));
    at = indexOfBytes(app, beginning, at + beginning.length);
  }
  return texts;
};
