import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { threadId } from "node:worker_threads";
import { buildHostProgram, findCompiler } from "../../../scripts/firmware.mjs";

/** Named pipes are what Node can wait for without an event; Windows has none. */
export const canBuildDriver = findCompiler() !== undefined && process.platform !== "win32";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const OUT = join(root, "out/firmware");

/** Gives the path of the driver. It is built once for the same sources, in whichever process comes first. */
export async function builtDriver(): Promise<string> {
  const files = ["core", "host_test/driver"].flatMap((folder) =>
    readdirSync(join(root, "firmware", folder)).map((name) => `${folder}/${name}`),
  );
  const hash = createHash("sha256").update(readFileSync(join(root, "scripts/firmware.mjs")));
  for (const file of files) hash.update(file).update(readFileSync(join(root, "firmware", file)));
  const driver = join(OUT, `driver-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(driver)) return driver;
  mkdirSync(OUT, { recursive: true });
  const others = readdirSync(OUT).filter((name) => /^driver-[0-9a-f]{16}$/.test(name));
  const fresh = `${driver}.${process.pid}-${threadId}`;
  await buildHostProgram(
    fresh,
    files.filter((file) => file.endsWith(".c")),
  );
  renameSync(fresh, driver);
  for (const name of others) rmSync(join(OUT, name), { force: true });
  return driver;
}
