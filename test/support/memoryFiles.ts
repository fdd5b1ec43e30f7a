import { inspectImage } from "../../core/image/inspect";
import type { Files } from "../../core/project/surroundings";

/** Files that exist only here. `asked` names every path that was looked for, in order. */
export interface MemoryFiles extends Files {
  readonly asked: readonly string[];
}

export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): MemoryFiles {
  const asked: string[] = [];
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    asked.push(path);
    const content = contents[path];
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  };
  return {
    asked,
    read,
    inspect: async (path) => {
      const bytes = await read(path);
      return bytes && inspectImage(bytes);
    },
  };
}
