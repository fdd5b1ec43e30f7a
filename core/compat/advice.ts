import type { ChipTarget } from "../chip/targets";
import { type BootloaderFinding, sourcedIdf } from "./bootloaderVersion";
import { buildsOf } from "./builds";
import { micropythonRows } from "./data/micropython";
import { PUBLISHED_PROCEDURE, publishedPort } from "./data/publishedTable";
import { type Evidence, evidence } from "./evidence";
import { comparePositions, firstReleaseFrom, type IdfVersion, majorOf } from "./idfVersion";
import type { VersionRule } from "./pair";
import { versionReason } from "./versionReason";

export interface AdviceQuestion {
  readonly bootloader: BootloaderFinding;
  readonly rule: VersionRule;
  readonly chip?: ChipTarget | undefined;
}

/** What to run on devices with this bootloader. */
export interface Advice {
  /** Releases whose version is supported or risky, newest first. */
  readonly fits: readonly FittingRelease[];
  /** Where none is supported: what to port. */
  readonly port: PortAdvice | undefined;
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
}

export interface FittingRelease {
  readonly release: string;
  readonly verdict: "supported" | "risky";
  /** ESP-IDF of the app. */
  readonly idf: string;
  /** Whether the project's own download is of this ESP-IDF, so that nobody has to build one. */
  readonly download: boolean;
}

/** A release to be built with a newer ESP-IDF than its project did. */
export interface PortAdvice {
  readonly release: string;
  readonly from: string;
  readonly to: string;
}

/** Which releases fit, and where none does, which one to port to which ESP-IDF. On a guess nothing is advised. */
export function advise({ bootloader, rule, chip }: AdviceQuestion): Advice {
  const { gaps, contradictions, evidence: cited } = bootloader;
  const idf = sourcedIdf(bootloader);
  if (!idf || contradictions.length > 0) {
    const sentence = [UNKNOWN, ...gaps, ...contradictions].join(" ");
    return { fits: [], port: undefined, sentence, evidence: cited };
  }
  const fits = fittingReleases({ bootloader, rule, chip });
  const supported = fits.filter(({ verdict }) => verdict === "supported");
  if (supported.length > 0) {
    const releases = supported.map(({ release }) => release).join(", ");
    const sentence = `These releases of MicroPython fit a bootloader of ESP-IDF ${idf.text}: ${releases}.`;
    return { fits, port: undefined, sentence, evidence: cited };
  }
  const port = portFor(idf, chip);
  const none = `No release of MicroPython is built with an ESP-IDF that fits a bootloader of ${idf.text}.`;
  return {
    fits,
    port,
    sentence: `${none}${riskyWords(fits)} ${port ? `Port MicroPython ${port.release} from ESP-IDF ${port.from} to ${port.to}.` : withoutPort(idf)}`,
    evidence: [...cited, ...(port && isPublished(port) ? [PUBLISHED] : [])],
  };
}

const riskyWords = (fits: readonly FittingRelease[]): string =>
  fits.length === 0 ? "" : ` Risky, but not refused: ${fits.map(({ release }) => release).join(", ")}.`;

const UNKNOWN =
  "Which releases fit is not known as long as the ESP-IDF of the bootloader is not. Read the bootloader from a device, or state its version.";

const withoutPort = (bootloader: IdfVersion): string =>
  firstReleaseFrom(bootloader) === undefined
    ? "To which one to port a release is not known: read the bootloader from a device to know its ESP-IDF exactly."
    : "All of them are of a newer major version, which only the documented rule lets pass.";

function fittingReleases({ bootloader, rule, chip }: AdviceQuestion): readonly FittingRelease[] {
  return micropythonRows.toReversed().flatMap(({ release }): readonly FittingRelease[] => {
    const { reason, idf, buildWith } = versionReason({ bootloader, app: { release }, rule, chip });
    const { verdict } = reason;
    if (!idf || (verdict !== "supported" && verdict !== "risky")) return [];
    return [{ release, verdict, idf: idf.text, download: buildWith === undefined }];
  });
}

/**
 * The release whose ESP-IDF is nearest to the bootloader's from below, of the same major version where there is one, and
 * of several the newest: the least has to be ported. Never a branch that still moves.
 */
function portFor(bootloader: IdfVersion, chip: ChipTarget | undefined): PortAdvice | undefined {
  const to = firstReleaseFrom(bootloader);
  if (to === undefined) return undefined;
  const nearest = micropythonRows
    .filter(({ release }) => release !== "master")
    .flatMap(({ release }) => buildsOf({ release }, chip).map(({ idf }) => ({ release, idf })))
    .filter(({ idf }) => comparePositions(idf.high, bootloader.low) < 0)
    .filter(({ idf }) => (majorOf(idf) ?? 0) <= (majorOf(bootloader) ?? 0))
    .reduce<PortSource | undefined>(nearer, undefined);
  return nearest && { release: nearest.release, from: nearest.idf.text, to };
}

interface PortSource {
  readonly release: string;
  readonly idf: IdfVersion;
}

const nearer = (best: PortSource | undefined, other: PortSource): PortSource =>
  best && comparePositions(best.idf.high, other.idf.high) > 0 ? best : other;

const isPublished = ({ release, from, to }: PortAdvice): boolean =>
  release === publishedPort.release && from === publishedPort.from && to === publishedPort.to;

const PUBLISHED = evidence(
  "reported",
  PUBLISHED_PROCEDURE,
  `For devices of Arduino 1.0.6 (ESP-IDF ${publishedPort.bootloader}) its authors ported MicroPython ${publishedPort.release} from ESP-IDF ${publishedPort.from} to ${publishedPort.to}.`,
);
