import { type ImageReport, inspectImage } from "../core/image/inspect";
import type { Runtime } from "./runtime";

/** What a file is, read anew only when its time or size changed: hashing megabytes on every key would be felt. */
export function inspections(runtime: Runtime) {
  const known = new Map<string, { stamp: string; report: Promise<ImageReport | undefined> }>();
  return async (uri: string): Promise<ImageReport | undefined> => {
    const stat = await runtime.stat(uri);
    if (!stat) {
      known.delete(uri);
      return undefined;
    }
    const stamp = `${stat.mtime} ${stat.size}`;
    const last = known.get(uri);
    if (last?.stamp === stamp) return last.report;
    const report = runtime.read(uri).then((bytes) => bytes && inspectImage(bytes));
    known.set(uri, { stamp, report });
    return report;
  };
}
