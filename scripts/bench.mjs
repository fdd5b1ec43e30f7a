/** `npm run bench`: packages the extension as it is now, then prints the figures of bench/. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const packaged = spawnSync("npm run --silent package", { shell: true, encoding: "utf8" });
if (packaged.status !== 0) {
  console.error(packaged.stdout + packaged.stderr);
  process.exit(2);
}
await build({
  entryPoints: ["bench/main.ts"],
  outfile: "out/bench/main.mjs",
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
});
await import(new URL("../out/bench/main.mjs", import.meta.url));
