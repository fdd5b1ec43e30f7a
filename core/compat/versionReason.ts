import type { ChipTarget } from "../chip/targets";
import { type BootloaderFinding, sourcedIdf } from "./bootloaderVersion";
import { type AppBuild, appName, buildsOf, type CompatApp } from "./builds";
import { EMULATED_SOURCE, emulatedSights } from "./data/emulated";
import { type Evidence, evidence, type Reason, rankOf, reason, type Verdict } from "./evidence";
import type { FlashClocks } from "./flashClock";
import type { IdfVersion } from "./idfVersion";
import { judgePair, type VersionRule } from "./pair";

export interface VersionQuestion {
  readonly bootloader: BootloaderFinding;
  readonly app: CompatApp;
  readonly rule: VersionRule;
  readonly chip?: ChipTarget | undefined;
}

export interface VersionAnswer {
  readonly reason: Reason;
  /** The ESP-IDF of the app for which the reason holds. */
  readonly idf: IdfVersion | undefined;
  /** Set where the verdict holds only for an app that is built with it, because no download is. */
  readonly buildWith: string | undefined;
}

interface Judged extends AppBuild {
  readonly verdict: Verdict;
  readonly words: string;
  readonly clock: string;
}

/** What the versions of ESP-IDF say. Of several that the release can be built with, the best one answers. */
export function versionReason({ bootloader, app, rule, chip }: VersionQuestion): VersionAnswer {
  const builds = buildsOf(app, chip);
  if (builds.length === 0) return unanswered(unknownApp(app), bootloader.evidence);
  if (!bootloader.idf)
    return unanswered(unknownBootloader(bootloader), [...bootloader.evidence, VENDOR_LOADER]);
  const pairs = { bootloader: bootloader.idf, chip };
  const judged = builds.map((build) => {
    const clocks = { bootloader: bootloader.flashClock, app: clockOf(app, build) };
    return judgeBuild(build, { ...pairs, app: build.idf, clocks }, rule);
  });
  const best = judged.reduce((a, b) => (rankOf(b.verdict) > rankOf(a.verdict) ? b : a));
  const sure = sourcedIdf(bootloader) !== undefined || best.verdict === "refused";
  const sentences = [
    `${appName(app)} ${best.words}.`,
    best.clock,
    sure ? adviceFor(best, judged) : unsourced(bootloader),
  ];
  return {
    reason: reason(
      "version",
      sure ? best.verdict : "unknown",
      sentences.filter((sentence) => sentence !== "").join(" "),
      ...bootloader.evidence,
      ...best.evidence,
    ),
    idf: best.idf,
    buildWith: sure && isOwnBuild(best) ? best.idf.text : undefined,
  };
}

function judgeBuild(build: AppBuild, pair: Parameters<typeof judgePair>[0], rule: VersionRule): Judged {
  const { verdict, words, clock, evidence: cited } = judgePair(pair, rule);
  const capped = build.how === "experimental" && verdict === "supported" ? "risky" : verdict;
  const experimental = capped === verdict ? "" : ", but with this ESP-IDF its project calls it experimental";
  return {
    ...build,
    verdict: capped,
    words: words + experimental,
    clock,
    evidence: [...build.evidence, ...cited],
  };
}

/** MHz: of the image, which may also be what is published; an app that is yet to be built can have any. */
const clockOf = ({ image }: CompatApp, { how }: AppBuild): FlashClocks["app"] =>
  how === "own" || how === "experimental" ? "free" : image?.flashFrequency;

const isOwnBuild = ({ how, verdict }: Judged): boolean =>
  verdict !== "refused" && (how === "own" || how === "experimental");

function adviceFor(best: Judged, judged: readonly Judged[]): string {
  const download = judged.find(({ how }) => how === "download");
  if (isOwnBuild(best) && download)
    return `Build it with ESP-IDF ${best.idf.text}: what its project publishes for download was built with ${download.idf.text}, for which the verdict is: ${download.verdict}.`;
  return { supported: "", risky: TRY, unknown: READ, refused: OTHER }[best.verdict];
}

const TRY = "Try it on a lab board with the very bootloader of the devices first.";
const READ = "Read the bootloader from a device, or choose the binary, so that both are known.";
const OTHER = "Choose a release that fits, or port one.";

const unknownApp = ({ release, image }: CompatApp): string =>
  image || release === undefined
    ? "The app does not say which ESP-IDF built it. Find out from whoever built it."
    : `It is not known which ESP-IDF MicroPython ${release} is built with. Choose its binary.`;

const unknownBootloader = ({ gaps }: BootloaderFinding): string =>
  [
    "It is not known which ESP-IDF built the bootloader of the devices.",
    ...gaps,
    "Read the bootloader from a device, or state its version or its Arduino core.",
  ].join(" ");

const unsourced = ({ arduino }: BootloaderFinding): string =>
  `But for the ESP-IDF of the Arduino core ${arduino?.core ?? ""} no source was found. Read the bootloader from a device.`;

const VENDOR_LOADER: Evidence = evidence("emulated", EMULATED_SOURCE, emulatedSights.vendorLoader);

const unanswered = (sentence: string, cited: readonly Evidence[]): VersionAnswer => ({
  reason: reason("version", "unknown", sentence, ...cited),
  idf: undefined,
  buildWith: undefined,
});
