import type { ChipTarget } from "../chip/targets";
import { EMULATED_SOURCE, emulatedApps, emulatedBootloaders } from "./data/emulated";
import { type KnownCase, knownCases } from "./data/knownCases";
import { type Evidence, evidence } from "./evidence";
import { clockMatch, clockSentences, type FlashClocks } from "./flashClock";
import { type IdfVersion, mayBeSame, parseIdfVersion } from "./idfVersion";

/** A bootloader and an app, by the ESP-IDF of each. */
export interface IdfPair {
  readonly bootloader: IdfVersion;
  readonly app: IdfVersion;
  readonly chip: ChipTarget | undefined;
  readonly clocks?: FlashClocks | undefined;
}

/** What is known of pairs like this one; a chip that is not known may be any. */
export const casesOf = (pair: IdfPair, effect: KnownCase["effect"]): readonly Evidence[] =>
  casesLike(pair)
    .filter((known) => effectOn(pair, known) === effect)
    .map((known) => known.evidence);

/** What is to be said of the clocks of the flash; empty where this pair does not depend on them. */
export const clockWords = (pair: IdfPair): string =>
  casesLike(pair).some(({ onlyOtherClock }) => onlyOtherClock) ? clockSentences(pair.clocks) : "";

/** Whether apps of an ESP32 of this ESP-IDF crash where the bootloader has another clock. */
export const needsSameClock = (app: IdfVersion): boolean =>
  knownCases.some((known) => known.onlyOtherClock && isWithin(app, known.app));

const casesLike = ({ bootloader, app, chip }: IdfPair): readonly KnownCase[] =>
  knownCases
    .filter((known) => known.chip === undefined || chip === undefined || chip.id === known.chip)
    .filter((known) => isWithin(bootloader, known.bootloader) && isWithin(app, known.app));

/** With the same clock it does not happen; an app that is yet to be built can be given it, which has to be told. */
function effectOn({ clocks }: IdfPair, known: KnownCase): KnownCase["effect"] | undefined {
  if (!known.onlyOtherClock) return known.effect;
  const effects = { same: undefined, other: known.effect, unknown: known.effect, free: "note" } as const;
  return effects[clockMatch(clocks)];
}

/** What was seen in emulation: of the pair itself; or, where it was not tried, that pairs like it started. */
export function emulatedEvidence(pair: IdfPair): readonly Evidence[] {
  if (!isEsp32(pair)) return [];
  const own = emulatedPair(pair);
  return own.length > 0 ? own : [ACROSS_VERSIONS];
}

/** What was seen of the pair itself in emulation, which is an ESP32. */
export function emulatedPair(pair: IdfPair): readonly Evidence[] {
  if (!isEsp32(pair)) return [];
  const bootloader = emulatedBootloaders.find((text) => isRelease(pair.bootloader, text));
  const app = emulatedApps.find(({ idf }) => isRelease(pair.app, idf));
  if (bootloader === undefined || !app) return [];
  const sentence = `On an emulated ESP32 ${app.name} (ESP-IDF ${app.idf}) started under a bootloader of ${bootloader}. Emulation is not silicon: it supports nothing.`;
  return [evidence("emulated", EMULATED_SOURCE, sentence)];
}

const ACROSS_VERSIONS = evidence(
  "emulated",
  EMULATED_SOURCE,
  `This pair was not tried, but on an emulated ESP32 ${emulatedApps.length} MicroPython builds of ESP-IDF v3.1 to v5.2.2 started under each of ${emulatedBootloaders.length} bootloaders of v3.1 to v5.4.2, with newer and with older major versions. Emulation is not silicon: it supports nothing.`,
);

const isEsp32 = ({ chip }: IdfPair): boolean => chip === undefined || chip.id === "esp32";

const isWithin = (version: IdfVersion, [from, to]: KnownCase["app"]): boolean => {
  const low = parseIdfVersion(from)?.low;
  const high = parseIdfVersion(to)?.high;
  return low !== undefined && high !== undefined && mayBeSame(version, { text: from, low, high });
};

/** A version of which only bounds are known is not the one that was tried. */
const isRelease = (version: IdfVersion, text: string): boolean => {
  const tried = parseIdfVersion(text);
  return (
    tried !== undefined &&
    mayBeSame(version, tried) &&
    version.low.slice(0, 4).join() === version.high.slice(0, 4).join()
  );
};
