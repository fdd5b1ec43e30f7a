import { type ImageReport, inspectImage } from "../image/inspect";
import type { Files } from "./surroundings";

/**
 * The same files, each read once: whatever is found out of them is found out of the same bytes, also where a build replaces
 * them meanwhile. `read` has to give whole images.
 */
export function readOnce(files: Pick<Files, "read">): Files {
  const read = remembered(files.read);
  return {
    read,
    inspect: remembered(async (path): Promise<ImageReport | undefined> => {
      const bytes = await read(path);
      return bytes && inspectImage(bytes);
    }),
  };
}

function remembered<T>(find: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const found = new Map<string, Promise<T>>();
  return (path) => {
    const known = found.get(path) ?? find(path);
    found.set(path, known);
    return known;
  };
}
