import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.mjs";

/** A VS Code that keeps quiet, and that saves only when told to, as the desktop one does. */
const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/** Writes the user settings of the VS Code that runs in `runFolder`. */
export async function writeSettings(runFolder, settings = {}) {
  const folder = join(runFolder, "data/data/User");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "settings.json"), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}

/**
 * Starts the VS Code server on a free port of this machine only, with one extension installed.
 * Everything it writes lies in `runFolder` (absolute). Whoever has the address has this user's rights,
 * hence the secret in it: any web page can reach a port on 127.0.0.1.
 */
export async function startVscode({ vscode, runFolder, vsix, env = {} }) {
  const main = join(vscode, "out/server-main.js");
  const folders = [
    "--server-data-dir",
    join(runFolder, "data"),
    "--extensions-dir",
    join(runFolder, "extensions"),
  ];
  await run(process.execPath, [main, ...folders, "--install-extension", vsix, "--force"]);

  const token = randomUUID();
  const tokenFile = join(runFolder, "token");
  await writeFile(tokenFile, token, { mode: 0o600 });
  const listen = ["--host", "127.0.0.1", "--port", "0", "--connection-token-file", tokenFile];
  const consent = ["--accept-server-license-terms", "--telemetry-level", "off"];
  const server = spawn(process.execPath, [main, ...folders, ...listen, ...consent], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => server.once("close", resolve));
  const stop = () => {
    server.kill();
    return ended;
  };
  process.once("exit", stop);
  const authority = `127.0.0.1:${await portOf(server)}`;
  return { ended, stop, address: (folder, file) => addressOf(authority, token, folder, file) };
}

/** The server says which port it was given; a server that ends before that says why. */
function portOf(server) {
  return new Promise((resolve, reject) => {
    let output = "";
    const listen = (chunk) => {
      output += chunk;
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (port) resolve(port);
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.once("close", (code) => reject(new Error(`The VS Code server ended (${code}):\n${output}`)));
  });
}

/** The address that opens a folder, and a file in it when one is named (both absolute). */
function addressOf(authority, token, folder, file) {
  const query = new URLSearchParams({ tkn: token, folder });
  if (file) query.set("payload", JSON.stringify([["openFile", `vscode-remote://${authority}${file}`]]));
  return `http://${authority}/?${query}`;
}
