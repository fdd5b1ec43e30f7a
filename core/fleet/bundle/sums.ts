import { sha256Hex } from "../../image/sha256Hex";
import { failure, type Result, success } from "../../result";

/** A file of a bundle; the path is seen from its folder, with `/`. */
export interface BundleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export const SUMS_NAME = "SHA256SUMS";

const LINE = /^([0-9a-f]{64}) {2}([\w][\w.-]*(?:\/[\w][\w.-]*)*)$/;

/** As `sha256sum` writes it and `sha256sum -c` reads it, in the order of the paths. */
export const sumsText = (files: readonly BundleFile[]): string =>
  files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, bytes }) => `${sha256Hex(bytes)}  ${path}\n`)
    .join("");

/** SHA-256 by path. Paths that leave the folder are no paths. `at` of a failure is an offset in the text. */
export function parseSums(text: string): Result<ReadonlyMap<string, string>, "sums"> {
  const sums = new Map<string, string>();
  let at = 0;
  for (const line of text.split("\n")) {
    const [, sum, path] = LINE.exec(line) ?? [];
    if (sum !== undefined && path !== undefined && !sums.has(path)) sums.set(path, sum);
    else if (line !== "")
      return failure(
        "sums",
        at,
        `${SUMS_NAME} has a line that names no file and its SHA-256, or a file twice.`,
      );
    at += line.length + 1;
  }
  return success(sums);
}
