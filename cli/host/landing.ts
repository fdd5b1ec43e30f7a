import { readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { codeOf } from "../../core/text/reason";

/** Also false where the links lead nowhere. */
export function landsInside(folder: string, path: string): boolean {
  try {
    const way = relative(landingOf(folder), landingOf(path));
    return !isAbsolute(way) && way.split(sep)[0] !== "..";
  } catch {
    return false;
  }
}

/**
 * Where what is written to a path ends up: all links are followed, also one to a file that is not there yet. The
 * system's own `realpath` is asked, because Node's takes `link/..` for the folder that holds the link.
 */
export function landingOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" || dirname(path) === path) throw error;
  }
  const link = linkAt(path);
  if (link === undefined) return join(landingOf(dirname(path)), basename(path));
  return landingOf(isAbsolute(link) ? link : `${landingOf(dirname(path))}/${link}`);
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
