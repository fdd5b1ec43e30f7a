import { features, type IdfFeature } from "./data/features";
import { comparePositions, type IdfPosition, type IdfVersion, parseIdfVersion } from "./idfVersion";

/** Whether this version of ESP-IDF has a feature; undefined where the version, or its place in the branch, leaves it open. */
export function hasFeature(feature: IdfFeature, version: IdfVersion): boolean | undefined {
  const since = features
    .filter((row) => row.feature === feature)
    .flatMap((row) => row.since)
    .flatMap((text) => {
      const version = parseIdfVersion(text);
      return version ? [version.low] : [];
    });
  const low = isReached(since, version.low);
  const high = isReached(since, version.high);
  return low === high && (isOneBranch(version) || isBesideBranches(since, version)) ? low : undefined;
}

/**
 * A branch has it from its own first release on; newer branches from the main one on. Commits on the way to the first
 * release that has it may have it already.
 */
function isReached(since: readonly IdfPosition[], position: IdfPosition): boolean | undefined {
  const first =
    since.find(([major, minor]) => major === position[0] && minor === position[1]) ?? since.at(-1);
  if (!first) return undefined;
  if (comparePositions(position, first) >= 0) return true;
  return isOnTheWay(position, first) ? undefined : false;
}

/** Before the release, but behind the tag of the one before it. */
function isOnTheWay([major, minor, patch, , , commits]: IdfPosition, first: IdfPosition): boolean {
  if (major !== first[0] || minor !== first[1]) return false;
  return patch === first[2] || (patch === first[2] - 1 && commits > 0);
}

const isOneBranch = ({ low, high }: IdfVersion): boolean => low[0] === high[0] && low[1] === high[1];

/** Before the first branch that got it, or from the main one on: in between, branches with and without it alternate. */
function isBesideBranches(since: readonly IdfPosition[], { low, high }: IdfVersion): boolean {
  const first = since[0];
  const main = since.at(-1);
  return (
    (first !== undefined && comparePositions(high, first) < 0) ||
    (main !== undefined && comparePositions(low, main) >= 0)
  );
}
