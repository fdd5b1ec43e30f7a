import type { BootloaderImage } from "../image/bootloader";
import type { ImageReport } from "../image/inspect";
import { type Claim, nameInImage, provenByImage, statedCore, statedIdf } from "./bootloaderClaims";
import { type ArduinoRow, arduinoRow } from "./data/arduino";
import type { Confidence, Evidence } from "./evidence";
import { type IdfVersion, mayBeSame, parseIdfVersion } from "./idfVersion";

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
  /** MHz: with which it drives the flash, as the header of its image says; undefined without an image. */
  readonly flashClock: number | undefined;
  /** `low` where the version stands on a row without a source. */
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
  /** Sentences: two statements that cannot both be true. */
  readonly contradictions: readonly string[];
  /** Sentences: what was said, but tells nothing. */
  readonly gaps: readonly string[];
}

/**
 * What the image says of itself counts most, then the Arduino core unless its row has no source, then the stated
 * version, last what fingerprints of the image prove. A statement that the image denies is not used.
 */
export function bootloaderVersion(claims: BootloaderClaims): BootloaderFinding {
  const named = nameInImage(claims.image);
  const proven = named ?? provenByImage(claims.image);
  const stated = [statedCore(claims.arduino), statedIdf(claims.idf)].filter((claim) => claim !== undefined);
  const credible = stated.filter(({ idf }) => !proven || mayBeSame(idf, proven.idf));
  const sourced = credible.find(({ confidence }) => confidence !== "low");
  const winner = named ?? sourced ?? credible[0] ?? proven;
  return {
    idf: winner?.idf,
    arduino: named ? named.arduino : credible.find(({ arduino }) => arduino)?.arduino,
    flashClock: claims.image?.image.flashFrequency,
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
