/**
 * `npm start`: the extension in a real VS Code, on the example migration. The desktop VS Code where there
 * is one, otherwise VS Code in the browser, installed on first use.
 */
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { makeExampleBinary } from "./example.mjs";
import { installVscode, repository, vscodeFolder } from "./vscode/install.mjs";
import { findProgram, run, step } from "./vscode/run.mjs";
import { startVscode, writeSettings } from "./vscode/server.mjs";

const folder = join(repository, "examples");
const file = join(folder, "migration/partitions.csv");

/** `code` needs a screen, and refuses to run as root. */
function desktopVscode() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasScreen = process.platform !== "linux" || DISPLAY || WAYLAND_DISPLAY;
  return hasScreen && process.getuid?.() !== 0 ? findProgram("code", "code.cmd") : undefined;
}

async function openOnDesktop(code) {
  await step("Building the extension", () =>
    run(process.execPath, ["scripts/build.mjs"], { cwd: repository }),
  );
  console.log("Opening the example in VS Code");
  const args = [`--extensionDevelopmentPath=${repository}`, folder, file];
  spawn(code, args, { stdio: "inherit", shell: process.platform === "win32" });
}

async function openInBrowser() {
  const vscode = await installVscode();
  await step("Packaging the extension", () => run("npm", ["run", "package"], { cwd: repository }));
  const runFolder = join(vscodeFolder, "start");
  await mkdir(runFolder, { recursive: true });
  await writeSettings(runFolder);
  const vsix = join(repository, "dist/crossflash.vsix");
  const server = await step("Starting VS Code", () => startVscode({ vscode, runFolder, vsix }));
  console.log(`\nOpen this address in a browser on this machine:\n\n  ${server.address(folder, file)}\n`);
  console.log("Ctrl-C ends it.");
  // npm repeats the terminal's signal: a second one must not cut the end short.
  process.on("SIGINT", server.stop);
  process.on("SIGTERM", server.stop);
  await server.ended;
}

await makeExampleBinary();
const code = desktopVscode();
await (code ? openOnDesktop(code) : openInBrowser());
