import { sha256Hex } from "../../image/sha256Hex";
import { failure, type Result, success } from "../../result";
import { decodeText } from "../../text/decode";
import { type FleetRelease, RELEASE_FORM } from "../release";
import { RELEASE_NAME } from "./files";
import { isRelease } from "./shape";
import { parseSums, SUMS_NAME } from "./sums";

type BundleFault = "missing" | "sums" | "changed" | "form";

/** Gives a file of a bundle; undefined where it is not there. */
type ReadBundleFile = (path: string) => Promise<Uint8Array | undefined>;

/** A bundle whose every file is as it was written. */
export interface Bundle {
  readonly release: FleetRelease;
  /** By path. */
  readonly images: ReadonlyMap<string, Uint8Array>;
}

/** Reads and verifies a whole bundle: nothing of it is published otherwise. `at` of a failure is always 0. */
export async function readBundle(read: ReadBundleFile): Promise<Result<Bundle, BundleFault>> {
  const sums = await textOf(SUMS_NAME, read);
  if (sums === undefined)
    return failure("missing", 0, `There is no ${SUMS_NAME}: this is no bundle. Make one first.`);
  const listed = parseSums(sums);
  if (!listed.ok) return listed;
  const files = new Map<string, Uint8Array>();
  for (const [path, sum] of listed.value) {
    const bytes = await read(path);
    if (!bytes) return failure("missing", 0, `'${path}' is not there, although ${SUMS_NAME} names it.`);
    if (sha256Hex(bytes) !== sum)
      return failure(
        "changed",
        0,
        `'${path}' is not what it was when the bundle was made. Make the bundle again.`,
      );
    files.set(path, bytes);
  }
  const release = releaseIn(files.get(RELEASE_NAME));
  return release
    ? withImages(release, files)
    : failure("form", 0, `${RELEASE_NAME} has another form than ${RELEASE_FORM}.`);
}

async function textOf(path: string, read: ReadBundleFile): Promise<string | undefined> {
  const bytes = await read(path);
  const text = bytes && decodeText(bytes);
  return text?.ok ? text.value : undefined;
}

function releaseIn(bytes: Uint8Array | undefined): FleetRelease | undefined {
  const text = bytes && decodeText(bytes);
  if (!text?.ok) return undefined;
  try {
    const value: unknown = JSON.parse(text.value);
    return isRelease(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function withImages(
  release: FleetRelease,
  files: ReadonlyMap<string, Uint8Array>,
): Result<Bundle, BundleFault> {
  const images = new Map<string, Uint8Array>();
  for (const { path, size, sha256 } of release.images) {
    const bytes = files.get(path);
    if (bytes?.length !== size || sha256Hex(bytes) !== sha256)
      return failure("changed", 0, `'${path}' is not the image of ${RELEASE_NAME}. Make the bundle again.`);
    images.set(path, bytes);
  }
  return success({ release, images });
}
