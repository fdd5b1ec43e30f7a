/**
 * `npm test`: everything. All steps run even after one has failed, so that one run tells all; the tests come
 * last, and their totals are the last line.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { findChromium, installTestPackages } from "./vscode/chromium.mjs";
import { installVscode } from "./vscode/install.mjs";

const shell = (command) => spawnSync(command, { shell: true, stdio: "inherit" }).status === 0;

function passes(command) {
  console.log(`\n> ${command}`);
  return shell(command);
}

// An old package must not stand in for one that can no longer be built.
rmSync("dist/crossflash.vsix", { force: true });
const checks = [
  "node scripts/generate.mjs --check",
  "tsc -b",
  "biome check",
  "npm run --silent package",
  "node scripts/fuzz.mjs",
];
const failed = checks.filter((check) => !passes(check));

await installTestPackages();
if (findChromium()) await installVscode();
else
  console.log(
    "\nNo Chromium on this machine: the editor tests are skipped. As root: apt-get install chromium",
  );

for (const check of failed) console.log(`\nFailed, see above: ${check}`);
const tested = passes("vitest run");
process.exitCode = tested && failed.length === 0 ? 0 : 1;
