import { asciiBytes, indexOfBytes, isPrintable, printableAt } from "./bytes";

/** What a MicroPython firmware says of itself. */
export interface MicroPythonBuild {
  /**
   * As the banner of its prompt says it, which is what `git describe` gave: "v1.23.0", "v1.24.0-preview.39.gdf4191378",
   * or a fork's own, such as "afceb56-dirty". Without the usual banner it is the version of `platform.platform()`.
   */
  readonly version: string;
  /** The release of MicroPython that it is or is based on; undefined where the firmware names none. */
  readonly release: MicroPythonRelease | undefined;
  /** Build date, "2024-06-02"; undefined where a fork has changed the banner. */
  readonly date: string | undefined;
  /** "Generic ESP32 module with OTA with ESP32"; undefined where it does not stand beside the banner. */
  readonly machine: string | undefined;
  /** Variants that the board's name mentions: they decide which table and how much RAM the firmware expects. */
  readonly variants: readonly MicroPythonVariant[];
  /** The LoBo fork has versions of its own, so its `release` is not MicroPython's and stays undefined. */
  readonly fork: "LoBo" | undefined;
}

export interface MicroPythonRelease {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
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
/** `platform.platform()`, since v1.18: its number is MicroPython's own, whatever a fork calls its versions. */
const PLATFORM_TEXT = /^MicroPython-(\d+\.\d+\.\d+(?:-preview)?)-/;
const RELEASE = /^v?(\d+)\.(\d+)(?:\.(\d+))?/;
const MACHINE = /(?:; |Machine +: )(.+)$/;

/** Searches the bytes of one app in linear time; undefined for everything that is not MicroPython. */
export const findMicroPython = (app: Uint8Array): MicroPythonBuild | undefined => {
  const texts = textsAt(app, NAME);
  return fromTexts(app, texts) ?? fromLoBoBanner(texts);
};

const fromTexts = (app: Uint8Array, texts: readonly string[]): MicroPythonBuild | undefined => {
  const banners = texts.map((text) => BANNER.exec(text)).filter((match) => match !== null);
  const [, bannerVersion, date, machine] = banners.find((match) => match[3]) ?? banners[0] ?? [];
  const platformVersion = findPlatformVersion(app);
  const version = bannerVersion ?? platformVersion;
  if (version === undefined) return undefined;
  const release = releaseOf(platformVersion ?? version);
  return { version, release, date, ...describeMachine(machine ?? separateMachine(app)), fork: undefined };
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

const releaseOf = (version: string): MicroPythonRelease | undefined => {
  const match = RELEASE.exec(version);
  return match
    ? { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0) }
    : undefined;
};

const findPlatformVersion = (app: Uint8Array): string | undefined =>
  textsAt(app, PLATFORM)
    .map((text) => PLATFORM_TEXT.exec(text)?.[1])
    .find((version) => version !== undefined);

/** "; Generic ESP32 module with ESP32", the second half of the banner, or the line in the text for a crash. */
const separateMachine = (app: Uint8Array): string | undefined =>
  placesOf(app, WITH_MCU)
    .map((at) => MACHINE.exec(printableAt(app, startOfText(app, at), LONGEST_MACHINE))?.[1])
    .find((machine) => machine !== undefined);

const startOfText = (app: Uint8Array, at: number): number => {
  let start = at;
  while (start > at - LONGEST_MACHINE && isPrintable(app[start - 1])) start--;
  return start;
};

const textsAt = (app: Uint8Array, beginning: Uint8Array): readonly string[] =>
  placesOf(app, beginning).map((at) => printableAt(app, at, LONGEST_BANNER));

/** No firmware repeats these words this often; whatever does is not worth more time. */
const MOST_PLACES = 1000;

const placesOf = (app: Uint8Array, wanted: Uint8Array): readonly number[] => {
  const places: number[] = [];
  let at = indexOfBytes(app, wanted);
  while (at >= 0 && places.length < MOST_PLACES) {
    places.push(at);
    at = indexOfBytes(app, wanted, at + wanted.length);
  }
  return places;
};
