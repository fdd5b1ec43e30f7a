import { open, readdir, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { MAX_FILE, type Runtime } from "../runtime";

/** Files of this machine. Whatever cannot be read is not there: the rules say what that means. */
export const nodeRuntime: Runtime = {
  read: (uri) => orElse(undefined, () => readFile(fileURLToPath(uri))),
  stat: (uri) =>
    orElse(undefined, async () => {
      const found = await stat(fileURLToPath(uri));
      return found.isFile() ? { mtime: found.mtimeMs, size: found.size } : undefined;
    }),
  list: (uri) =>
    orElse([], async () => {
      const items = await readdir(fileURLToPath(uri), { withFileTypes: true });
      return items.map((item) => ({ name: item.name, isFolder: item.isDirectory() }));
    }),
};

async function orElse<T>(otherwise: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch {
    return otherwise;
  }
}

/** Devices and pipes would never end, so only files are opened; of very long ones the beginning is read. */
async function readFile(path: string): Promise<Uint8Array | undefined> {
  if (!(await stat(path)).isFile()) return undefined;
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(Math.min(size, MAX_FILE));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
