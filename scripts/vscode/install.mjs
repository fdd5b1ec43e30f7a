import { existsSync } from "node:fs";
import { mkdir, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram, run, step } from "./run.mjs";

/**
 * The VS Code in the browser, from npm alone: the package `code-server` carries the complete VS Code server
 * and workbench in lib/vscode. 4.100.3 holds VS Code 1.100.3, the release our `engines.vscode` asks for;
 * later ones do not run on Node 20.
 */
const codeServer = "4.100.3";
const vscodeVersion = "1.100.3";
const ripgrep = `@vscode/ripgrep-${process.platform}-${process.arch}@1.18.0`;

export const repository = resolve(fileURLToPath(import.meta.url), "../../..");
export const vscodeFolder = join(repository, ".vscode-test");
const home = join(vscodeFolder, `code-server-${codeServer}`);

/** The folder of the installed VS Code. It appears whole, by one rename, or not at all. */
export async function installVscode() {
  if (existsSync(home)) return home;
  console.log(`Installing VS Code ${vscodeVersion} into .vscode-test (once; about a minute, 300 MB)`);
  const building = join(vscodeFolder, "installing");
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  await step("  downloading VS Code", () => unpack(`code-server@${codeServer}`, "lib/vscode", building));
  await step("  installing its packages", () => installPackages(building));
  await step("  adding its file search", () => addRipgrep(building));
  await step("  compiling its log writer", () => buildLogWriter(building));
  await rename(building, home);
  return home;
}

/** Unpacks one folder of a package from the npm registry. */
async function unpack(spec, folder, into) {
  const archive = join(into, await npm(into, ["pack", "--silent", spec]));
  const depth = folder.split("/").length + 1;
  await run("tar", ["xzf", archive, "-C", into, `--strip-components=${depth}`, `package/${folder}`]);
  await rm(archive);
}

/** No install scripts: they download from places that are no package registry. */
const installPackages = (vscode) => npm(vscode, ["install", "--omit=dev", "--ignore-scripts"]);

/** Quick open finds no file without ripgrep, and this release looks for it below node_modules.asar. */
async function addRipgrep(vscode) {
  const bin = join(vscode, "node_modules/@vscode/ripgrep/bin");
  await mkdir(bin);
  await unpack(ripgrep, "bin", bin);
  await symlink("node_modules", join(vscode, "node_modules.asar"));
}

/** Output channels are written through a native module; where it cannot be compiled they stay empty, no more. */
async function buildLogWriter(vscode) {
  const nodedir = dirname(dirname(process.execPath));
  const missing = ["g++", "make", "python3"].filter((program) => !findProgram(program));
  if (!existsSync(join(nodedir, "include/node/node.h"))) missing.push("the C++ headers of Node");
  if (missing.length > 0) return leaveOutLogWriter(`missing: ${missing.join(", ")}`);
  // The headers of this very Node instead of a download, and all cores.
  const env = { npm_config_nodedir: nodedir, npm_config_jobs: "max" };
  await npm(vscode, ["rebuild", "@vscode/spdlog"], env).catch((error) => leaveOutLogWriter(error.message));
}

const leaveOutLogWriter = (reason) =>
  process.stdout.write(`left out, so output channels stay empty (${reason}) … `);

/** npm tells its children which project it runs for; these work in a folder of their own. */
function npm(cwd, args, env = {}) {
  const { npm_config_local_prefix: _, ...inherited } = process.env;
  return run("npm", args, { cwd, env: { ...inherited, ...env } });
}
