import type { BootloaderImage } from "../image/bootloader";
import { type ArduinoRow, arduinoRow, arduinoRowOfBuild } from "./data/arduino";
import { type Confidence, type Evidence, evidence } from "./evidence";
import { type IdfVersion, idfVersionBetween, parseIdfVersion } from "./idfVersion";

/** One statement about the ESP-IDF of a bootloader. */
export interface Claim {
  readonly idf: IdfVersion;
  readonly arduino?: ArduinoRow | undefined;
  readonly confidence: Confidence;
  readonly evidence: Evidence;
  /** The claim as the subject of a sentence. */
  readonly words: string;
}

/** What the image names, in its descriptor or beside its greeting. */
export function nameInImage(image: BootloaderImage | undefined): Claim | undefined {
  const { idfVersion, source } = image?.version ?? {};
  const written = idfVersion === undefined ? undefined : parseIdfVersion(idfVersion);
  if (!written) return undefined;
  const place =
    source === "descriptor" ? "descriptor of the bootloader image" : "greeting of the bootloader image";
  return {
    ...ofBuild(written),
    confidence: "high",
    evidence: evidence("measured", place, `The bootloader says that ESP-IDF ${written.text} built it.`),
    words: `the bootloader image says ESP-IDF ${written.text}`,
  };
}

/** What the image proves without naming it. */
export function provenByImage(image: BootloaderImage | undefined): Claim | undefined {
  const idf = image && idfVersionBetween(image.version.atLeast, image.version.before);
  if (!idf) return undefined;
  return {
    idf,
    confidence: "high",
    evidence: evidence(
      "measured",
      "texts and descriptor of the bootloader image",
      `The bootloader does not name its ESP-IDF, but what it contains shows that it is ${idf.text}.`,
    ),
    words: `the bootloader image shows ESP-IDF ${idf.text}`,
  };
}

/** What an Arduino core brings; undefined for cores that are not listed. */
export function statedCore(arduino: string | undefined): Claim | undefined {
  const core = arduino === undefined ? undefined : arduinoRow(arduino);
  const idf = core && idfOfCore(core);
  if (!core || !idf) return undefined;
  return {
    idf,
    arduino: core,
    confidence: core.confidence,
    evidence: evidence(core.kind, core.source, coreSentence(core)),
    words: `the stated Arduino core ${core.core} means ESP-IDF ${core.idf}`,
  };
}

const coreSentence = ({ core, idf, confidence }: ArduinoRow): string =>
  confidence === "low"
    ? `The Arduino core ${core} is believed to have ESP-IDF ${idf}, but nothing proves it.`
    : `The Arduino core ${core} has ESP-IDF ${idf}.`;

/** What somebody says of it. */
export function statedIdf(text: string | undefined): Claim | undefined {
  const stated = text === undefined ? undefined : parseIdfVersion(text);
  if (!stated) return undefined;
  return {
    ...ofBuild(stated),
    confidence: "high",
    evidence: evidence(
      "reported",
      "what was stated",
      `The bootloader was stated to be of ESP-IDF ${stated.text}.`,
    ),
    words: `the stated version is ESP-IDF ${stated.text}`,
  };
}

/** A build of Arduino counts as the release by which its core is known. */
function ofBuild(written: IdfVersion): Pick<Claim, "idf" | "arduino"> {
  const core = arduinoRowOfBuild(written.text);
  return { idf: (core && idfOfCore(core)) ?? written, arduino: core };
}

/** The release by which the core is known; where only "v4.4.1+" or "v4.4-dev" is, the exact build where that is known. */
function idfOfCore({ idf, idfVer }: ArduinoRow): IdfVersion | undefined {
  const build = idfVer === undefined ? undefined : parseIdfVersion(idfVer);
  return /\+$|-dev$/.test(idf) ? (build ?? parseIdfVersion(idf)) : parseIdfVersion(idf);
}
