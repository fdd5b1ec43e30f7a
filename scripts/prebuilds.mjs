import { cp, readdir, rm } from "node:fs/promises";

const from = "node_modules/@serialport/bindings-cpp/prebuilds";

/** Beside the folder of the bundle: there the loader of the native part looks for them. */
const to = "dist/prebuilds";

/**
 * The native part of serialport, for the platforms that VS Code and Node run on. They are Node-API libraries, so one
 * file serves every version of Node and Electron.
 */
export async function copyPrebuilds() {
  await rm(to, { recursive: true, force: true });
  const platforms = (await readdir(from)).filter((platform) => !platform.startsWith("android"));
  for (const platform of platforms)
    await cp(`${from}/${platform}`, `${to}/${platform}`, { recursive: true, dereference: true });
}
