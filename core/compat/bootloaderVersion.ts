import type { BootloaderImage } from "../image/bootloader";
import type { ImageReport } from "../image/inspect";
import { type ArduinoRow, arduinoRow, arduinoRowOfBuild } from "./data/arduino";
import { type Confidence, type Evidence, evidence } from "./evidence";
import { type IdfVersion, idfVersionBetween, mayBeSame, parseIdfVersion } from "./idfVersion";

/** What anybody says of the bootloader that the devices have. */
export interface BootloaderClaims {
  readonly image?: BootloaderImage | undefined;
  /** The Arduino core it was flashed with, such as "1.0.6": at the first flashing by cable, for no update changes it. */
  readonly arduino?: string | undefined;
  /** Its ESP-IDF, such as "v3.3.5". */
  readonly idf?: string | undefined;
}

/** Which ESP-IDF built the bootloader, as far as it is known. */
export interface BootloaderFinding {
  readonly idf: IdfVersion | undefined;
  readonly arduino: ArduinoRow | undefined;
  /** `low` where the version stands on a row without a source. */
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
  /** Sentences: two statements that cannot both be true. */
  readonly contradictions: readonly string[];
  /** Sentences: what was said, but tells nothing. */
  readonly gaps: readonly string[];
}

interface Claim {
  readonly idf: IdfVersion;
  readonly arduino?: ArduinoRow | undefined;
  readonly confidence: Confidence;
  readonly evidence: Evidence;
  /** The claim as the subject of a sentence. */
  readonly words: string;
}

/**
 * What the image says of itself counts most, then the Arduino core, then the stated version, last what fingerprints of
 * the image prove. A statement that the image denies is not used.
 */
export function bootloaderVersion(claims: BootloaderClaims): BootloaderFinding {
  const named = nameInImage(claims.image);
  const proven = named ?? provenByImage(claims.image);
  const stated = [statedCore(claims.arduino), statedIdf(claims.idf)].filter((claim) => claim !== undefined);
  const credible = stated.filter(({ idf }) => !proven || mayBeSame(idf, proven.idf));
  const winner = named ?? credible[0] ?? proven;
  return {
    idf: winner?.idf,
    arduino: winner?.arduino,
    confidence: winner?.confidence ?? "high",
    evidence: [winner, proven === winner ? undefined : proven].flatMap((claim) => claim?.evidence ?? []),
    contradictions: contradictions(proven ? [proven, ...stated] : stated),
    gaps: gapsOf(claims, named),
  };
}

/** The version, unless it stands on a row without a source: such a row must not support anything. */
export const sourcedIdf = ({ idf, confidence }: BootloaderFinding): IdfVersion | undefined =>
  confidence === "low" ? undefined : idf;

/** The bootloader of a device in a file: alone, or in a dump of its flash. What comes combined for flashing is not a device's. */
export const deviceBootloader = (report: ImageReport): BootloaderImage | undefined =>
  report.kind === "bootloader" || report.kind === "flash-dump" ? report.bootloader : undefined;

function nameInImage(image: BootloaderImage | undefined): Claim | undefined {
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

function provenByImage(image: BootloaderImage | undefined): Claim | undefined {
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

function statedCore(arduino: string | undefined): Claim | undefined {
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

function statedIdf(text: string | undefined): Claim | undefined {
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

const contradictions = (claims: readonly Claim[]): readonly string[] =>
  claims.flatMap((claim, index) =>
    claims
      .slice(index + 1)
      .filter((other) => !mayBeSame(claim.idf, other.idf))
      .map(
        (other) => `${capitalised(claim.words)}, but ${other.words}. Find out which one the devices have.`,
      ),
  );

function gapsOf({ image, arduino, idf }: BootloaderClaims, named: Claim | undefined): readonly string[] {
  const commit = image?.version.idfVersion;
  return [
    ...(arduino !== undefined && !arduinoRow(arduino)
      ? [`The ESP-IDF of the Arduino core "${arduino}" is not known here.`]
      : []),
    ...(idf !== undefined && !parseIdfVersion(idf) ? [`"${idf}" is not a version of ESP-IDF.`] : []),
    ...(commit !== undefined && !named
      ? [`The bootloader names its ESP-IDF as "${commit}", which is no release.`]
      : []),
    ...(image?.version.arduino && !named
      ? ["The bootloader was built for Arduino; the version of its core would tell the ESP-IDF."]
      : []),
  ];
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
