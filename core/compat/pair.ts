import { PUBLISHED_PROCEDURE } from "./data/publishedTable";
import { type Evidence, evidence, type Verdict } from "./evidence";
import { majorOf, orderOf } from "./idfVersion";
import { casesOf, clockWords, emulatedEvidence, emulatedPair, type IdfPair } from "./pairEvidence";

/**
 * `strict`, as the published procedure has it: the app's ESP-IDF is at least the bootloader's and has the same major
 * version. `documented`: Espressif's documentation asks only for the first.
 */
export type VersionRule = "strict" | "documented";

export interface PairVerdict {
  readonly verdict: Verdict;
  /** A sentence without its end; it begins with the app, which stands before it. */
  readonly words: string;
  /** Whole sentences on the clocks of the flash; empty where nothing depends on them. */
  readonly clock: string;
  readonly evidence: readonly Evidence[];
}

const NOT_OLDER = evidence(
  "documented",
  "ESP-IDF's documentation of the bootloader",
  "Bootloaders support apps of newer versions of ESP-IDF, and not apps of older ones.",
);
const WITH_BUGFIX = evidence(
  "vendor",
  "esp-idf#3932",
  "The app should be of the bootloader's version or a newer one, the bugfix version included.",
);
const SAME_MAJOR = evidence(
  "reported",
  PUBLISHED_PROCEDURE,
  "App and bootloader must have the same major version of ESP-IDF: so its author found in tests of his own; no documentation says it.",
);

type VersionVerdict = Omit<PairVerdict, "clock">;

/** Whether a bootloader of one ESP-IDF starts an app of another. */
export function judgePair(pair: IdfPair, rule: VersionRule): PairVerdict {
  const judged = judgeVersions(pair, rule);
  return { ...judged, clock: judged.verdict === "refused" ? "" : clockWords(pair) };
}

function judgeVersions(pair: IdfPair, rule: VersionRule): VersionVerdict {
  const { bootloader, app } = pair;
  const order = orderOf(app, bootloader);
  if (order === "older")
    return {
      verdict: "refused",
      words: `of ESP-IDF ${app.text} is older than the bootloader, which is of ESP-IDF ${bootloader.text}`,
      evidence: [NOT_OLDER, WITH_BUGFIX, ...casesOf(pair, "failure"), ...emulatedEvidence(pair)],
    };
  if (order === "unknown")
    return {
      verdict: "unknown",
      words: `of ESP-IDF ${app.text} may be older than the bootloader, which is of ESP-IDF ${bootloader.text}: that is not exact enough to compare them`,
      evidence: [NOT_OLDER, WITH_BUGFIX, ...emulatedPair(pair)],
    };
  if (order === "commits")
    return {
      verdict: "risky",
      words: `of ESP-IDF ${app.text} is of the bootloader's release, but the bootloader, of ESP-IDF ${bootloader.text}, may have commits that came after it`,
      evidence: [WITH_BUGFIX, ...casesOf(pair, "failure"), ...casesOf(pair, "note"), ...emulatedPair(pair)],
    };
  return judgeMajor(pair, rule);
}

function judgeMajor(pair: IdfPair, rule: VersionRule): VersionVerdict {
  const { bootloader, app } = pair;
  const [ofBootloader, ofApp] = [majorOf(bootloader), majorOf(app)];
  if (ofBootloader === undefined || ofApp === undefined)
    return {
      verdict: "unknown",
      words: `of ESP-IDF ${app.text} is not older than the bootloader, which is of ESP-IDF ${bootloader.text}, but it is not known whether both have the same major version`,
      evidence: [SAME_MAJOR, NOT_OLDER, ...emulatedPair(pair)],
    };
  if (ofBootloader === ofApp) return judgeCases(pair);
  return {
    verdict: rule === "strict" ? "refused" : "risky",
    words: `of ESP-IDF ${app.text} has another major version than the bootloader, which is of ESP-IDF ${bootloader.text}`,
    evidence: [
      SAME_MAJOR,
      NOT_OLDER,
      ...casesOf(pair, "failure"),
      ...casesOf(pair, "note"),
      ...emulatedEvidence(pair),
    ],
  };
}

/** What the rules allow may still be known to have failed. */
function judgeCases(pair: IdfPair): VersionVerdict {
  const { bootloader, app } = pair;
  const failures = casesOf(pair, "failure");
  const fits = `of ESP-IDF ${app.text} is not older than the bootloader, which is of ESP-IDF ${bootloader.text}, and has the same major version`;
  return {
    verdict: failures.length > 0 ? "risky" : "supported",
    words: failures.length > 0 ? `${fits}, but failures of such a pair were reported` : fits,
    evidence: [...failures, NOT_OLDER, WITH_BUGFIX, ...casesOf(pair, "note"), ...emulatedPair(pair)],
  };
}
