/**
 * A place in the history of ESP-IDF: major, minor, patch, stage (0 dev, 1 alpha, 2 beta, 3 rc, 4 release), number of the
 * stage, commits behind the tag. Compared from left to right.
 */
export type IdfPosition = readonly [
  major: number,
  minor: number,
  patch: number,
  stage: number,
  stageNumber: number,
  commits: number,
];

/** A version of ESP-IDF as far as it is known: somewhere from `low` to `high`, both included; one place where they are equal. */
export interface IdfVersion {
  /** As it was written, or in words where only bounds are known. */
  readonly text: string;
  readonly low: IdfPosition;
  readonly high: IdfPosition;
}

const STAGES: readonly string[] = ["dev", "alpha", "beta", "rc"];
export const RELEASE = STAGES.length;
const ANY = Number.POSITIVE_INFINITY;

/** `git describe` of ESP-IDF (`IDF_VER`), a release as people write it, `v4.2.x`, `v5.1.4+`, or a build date as fourth number. */
const VERSION =
  /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}|x)(\.\d+)?)?(?:-(dev|alpha|beta|rc)(\d*))?(?:-(\d+)-g[0-9a-f]+)?((?:[-+~_ (].*)?)$/;

/**
 * Any text; undefined where it names no release (such as a bare commit hash). What the text leaves open stays open: an
 * unknown patch, an unknown number of commits behind the tag ("v5.1.4+", "v5.5.1.251017", "v4.4-dev"), a suffix that
 * only its maker understands. `-dirty` says nothing about the place.
 */
export function parseIdfVersion(text: string): IdfVersion | undefined {
  const match = VERSION.exec(text.trim());
  if (!match) return undefined;
  const [, major, minor, patch, build, stageName, stageNumber, commits, suffix = ""] = match;
  const stage = stageName === undefined ? RELEASE : STAGES.indexOf(stageName);
  const place = (openPatch: number, openCommits: number): IdfPosition => [
    Number(major),
    Number(minor),
    patch === "x" ? openPatch : Number(patch ?? 0),
    stage,
    Number(stageNumber || 0),
    Number(commits ?? openCommits),
  ];
  const isBareDev = stage === 0 && commits === undefined;
  const isOpen = patch === "x" || build !== undefined || isBareDev || !/^(-dirty)?$/.test(suffix);
  return { text: text.trim(), low: place(0, 0), high: place(ANY, isOpen ? ANY : 0) };
}

/**
 * Between a release that is included and one that is not, as fingerprints of an image tell; undefined where they tell
 * nothing. Development versions before the excluded release are not counted in.
 */
export function idfVersionBetween(
  atLeast: string | undefined,
  before: string | undefined,
): IdfVersion | undefined {
  const low = atLeast === undefined ? undefined : parseIdfVersion(atLeast)?.low;
  const end = before === undefined ? undefined : parseIdfVersion(before)?.low;
  if (!low && !end) return undefined;
  const words = [low ? `${atLeast} or later` : "", end ? `before ${before}` : ""].filter(
    (word) => word !== "",
  );
  return {
    text: words.join(", but "),
    low: low ?? [0, 0, 0, 0, 0, 0],
    high: end ? justBefore(end) : [ANY, ANY, ANY, RELEASE, 0, ANY],
  };
}

function justBefore([major, minor, patch]: IdfPosition): IdfPosition {
  if (patch > 0) return [major, minor, patch - 1, RELEASE, 0, ANY];
  return minor > 0 ? [major, minor - 1, ANY, RELEASE, 0, ANY] : [major - 1, ANY, ANY, RELEASE, 0, ANY];
}

/** Negative where `a` comes first, 0 where they are the same place. */
export function comparePositions(a: IdfPosition, b: IdfPosition): number {
  const index = a.findIndex((number, i) => number !== b[i]);
  return index === -1 ? 0 : (a[index] ?? 0) < (b[index] ?? 0) ? -1 : 1;
}

/**
 * `at-least`: the app is of the same version or a newer one. `commits`: both are of the same release, but the bootloader
 * has, or may have, commits that came after the app's. `older`: the app is of an older release.
 */
export type IdfOrder = "at-least" | "commits" | "older" | "unknown";

/** How the ESP-IDF of an app stands to the one of a bootloader. */
export function orderOf(app: IdfVersion, bootloader: IdfVersion): IdfOrder {
  if (comparePositions(app.low, bootloader.high) >= 0) return "at-least";
  if (isOneRelease(app) && isOneRelease(bootloader) && isSameRelease(app.low, bootloader.low))
    return "commits";
  return comparePositions(app.high, bootloader.low) < 0 ? "older" : "unknown";
}

/** The major version; undefined where several are possible. */
export const majorOf = ({ low, high }: IdfVersion): number | undefined =>
  low[0] === high[0] ? low[0] : undefined;

/** Whether both can be the same release. Commits behind a tag do not make another one: people name tags. */
export const mayBeSame = (a: IdfVersion, b: IdfVersion): boolean =>
  comparePositions(a.low, withCommits(b.high)) <= 0 && comparePositions(b.low, withCommits(a.high)) <= 0;

/** The first release that is at least as new as all that the version can be, such as "v3.3.5"; undefined where nothing bounds it. */
export function firstReleaseFrom({ high }: IdfVersion): string | undefined {
  const [major, minor, patch, stage, , commits] = high;
  if (patch === ANY || minor === ANY || major === ANY) return undefined;
  return releaseText(major, minor, stage === RELEASE && commits > 0 ? patch + 1 : patch);
}

const releaseText = (major: number, minor: number, patch: number): string =>
  `v${major}.${minor}${patch === 0 ? "" : `.${patch}`}`;

const withCommits = ([major, minor, patch, stage, number]: IdfPosition): IdfPosition => [
  major,
  minor,
  patch,
  stage,
  number,
  ANY,
];

const isOneRelease = ({ low, high }: IdfVersion): boolean => low[3] === RELEASE && isSameRelease(low, high);

const isSameRelease = (a: IdfPosition, b: IdfPosition): boolean =>
  a.slice(0, 4).every((number, index) => number === b[index]);
