import { type ImageReport, inspectImage } from "../image/inspect";

/** What a file system tells of a file without reading it. */
interface FileStat {
  /** Milliseconds; only compared with itself. */
  readonly mtime: number;
  /** Bytes. */
  readonly size: number;
}

/** Files as a host reads them; undefined where there is no readable file. */
export interface StoredFiles {
  read(path: string): Promise<Uint8Array | undefined>;
  stat(path: string): Promise<FileStat | undefined>;
}

/** What a file is, read anew only when its time or size changed: hashing megabytes on every key would be felt. */
export function inspections(files: StoredFiles): (path: string) => Promise<ImageReport | undefined> {
  const known = new Map<string, { stamp: string; report: Promise<ImageReport | undefined> }>();
  return async (path) => {
    const stat = await files.stat(path);
    if (!stat) {
      known.delete(path);
      return undefined;
    }
    const stamp = `${stat.mtime} ${stat.size}`;
    const last = known.get(path);
    if (last?.stamp === stamp) return last.report;
    const report = files.read(path).then((bytes) => bytes && inspectImage(bytes));
    known.set(path, { stamp, report });
    return report;
  };
}
