/**
 * Paths as the hosts hand them over: `/`-separated file paths (`/home/me/x`, `c:/x`) or URIs (`file:///home/me/x`).
 * What users write in a manifest is always a `/`-separated relative path, never encoded.
 */

/** Scheme and authority of a URI; nothing for a file path. */
const prefixOf = (path: string): string => /^[A-Za-z][A-Za-z0-9+.-]+:\/\/[^/]*/.exec(path)?.[0] ?? "";

const isUri = (path: string): boolean => prefixOf(path) !== "";

/** The folder that holds a file or folder; the root of the tree is its own. */
export function dirname(path: string): string {
  const prefix = prefixOf(path);
  const rest = path.slice(prefix.length);
  const slash = rest.replace(/\/+$/, "").lastIndexOf("/");
  if (slash > 0) return prefix + rest.slice(0, slash);
  return prefix + (prefix !== "" || rest.startsWith("/") ? "/" : ".");
}

/** The last part of a path, decoded. */
export const basename = (path: string): string => segmentsOf(path).at(-1) ?? "";

/** A folder and a relative path behind it, with `.` and `..` resolved; `..` stops at the root of the tree. */
export function join(folder: string, relative: string): string {
  const prefix = prefixOf(folder);
  const rest = folder.slice(prefix.length);
  const raw = rest.split("/").filter((segment) => segment !== "" && segment !== ".");
  for (const segment of relative.split("/")) {
    if (segment === "..") raw.pop();
    else if (segment !== "" && segment !== ".") raw.push(isUri(folder) ? encodeSegment(segment) : segment);
  }
  return `${prefix}${rest.startsWith("/") || prefix !== "" ? "/" : ""}${raw.join("/")}`;
}

/**
 * A path that a user wrote, seen from `folder`; undefined when it leads out of `root`. Absolute paths lead out wherever
 * they point, because they would differ on every machine, and so do backslashes, which only Windows takes for separators.
 */
export function resolveInside(root: string, folder: string, relative: string): string | undefined {
  if (relative === "" || /^\/|^[A-Za-z][A-Za-z0-9+.-]*:|[\\\0]/.test(relative)) return undefined;
  if (!isInside(root, folder) || climbs(segmentsOf(folder).length - segmentsOf(root).length, relative))
    return undefined;
  return join(folder, relative);
}

/** Whether a path is the folder `root` or lies in it. */
export function isInside(root: string, path: string): boolean {
  const inside = segmentsOf(path);
  return (
    prefixOf(root) === prefixOf(path) && segmentsOf(root).every((segment, index) => segment === inside[index])
  );
}

export const isSamePath = (a: string, b: string): boolean => isInside(a, b) && isInside(b, a);

/** The relative path from a folder to a file, as a user would write it, not encoded; the file itself where there is none. */
export function relativeTo(folder: string, path: string): string {
  if (prefixOf(folder) !== prefixOf(path)) return path;
  const from = segmentsOf(folder);
  const to = segmentsOf(path);
  const differs = from.findIndex((segment, index) => segment !== to[index]);
  const common = differs === -1 ? from.length : differs;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/");
}

/** Whether a relative path ever climbs higher than `depth` folders. */
function climbs(depth: number, relative: string): boolean {
  let left = depth;
  for (const segment of relative.split("/")) {
    if (segment === "..") left--;
    else if (segment !== "" && segment !== ".") left++;
    if (left < 0) return true;
  }
  return false;
}

/** The names on the way to a file, decoded, and the letter of a Windows drive as its clients spell it least: small. */
function segmentsOf(path: string): string[] {
  const rest = path.slice(prefixOf(path).length);
  const segments = rest.split("/").filter((segment) => segment !== "" && segment !== ".");
  const names = isUri(path) ? segments.map(decodeSegment) : segments;
  return names.map((name, index) => (index === 0 && /^[A-Z]:$/.test(name) ? name.toLowerCase() : name));
}

/** Everything but letters, digits and `-._~` is encoded, as VS Code does, so that one file has one spelling. */
const encodeSegment = (segment: string): string =>
  encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
