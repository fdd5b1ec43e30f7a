import * as vscode from "vscode";
import { RELEASE_NAME } from "../../core/fleet/bundle/files";
import { DEFAULT_CONFIDENCE, DEFAULT_TOLERATED } from "../../core/fleet/canary";
import { makeBundle, type NewBundle } from "../../core/fleet/makeBundle";
import { DEFAULT_CUT_RATE } from "../../core/fleet/risk";
import { commands } from "../../protocol/commands";
import { devicesFault, devicesOf, rateFault, rateOf } from "../fleet/fleetAnswers";
import { chooseManifest } from "../migration/chooseManifest";
import { Refusal } from "../safely";
import { nameOf, rootOf } from "../table";
import { savedFiles } from "../workspaceFiles";
import type { Command } from "./command";

const TITLE = "Make Fleet Bundle";

/** Writes the folder that `crossflash bundle` writes, for a fleet server or a static host. */
export const makeFleetBundle: Command = {
  id: commands.makeFleetBundle,
  needsTrust: true,
  async run({ version, log, plans }, argument) {
    const manifest = await chooseManifest(
      argument,
      "A Bundle of Which Migration?",
      plans.inFront()?.manifest,
    );
    const fleet = manifest && (await askFleet());
    if (!fleet) return;
    const made = await makeBundle(
      { manifestPath: manifest.toString(), root: rootOf(manifest).toString() },
      {},
      savedFiles,
      {
        ...fleet,
        confidence: DEFAULT_CONFIDENCE,
        tolerated: DEFAULT_TOLERATED,
        toolVersion: version,
      },
    );
    if (!made.ok) throw noBundle(manifest, made.message);
    for (const { message } of made.value.findings) log.warn(message);
    const { release, findings } = made.value;
    const chosen = await askFolder(manifest);
    if (!chosen) return;
    const folder = await placeIn(chosen, release.version);
    await writeBundle(made.value, folder);
    const open = "Open README";
    const noted = findings.length > 0 ? ` ${findings.map(({ message }) => message).join(" ")}` : "";
    const said = `Release ${release.version}, verdict ${release.verdict}, was written into ${nameOf(folder)}.${noted}`;
    if ((await vscode.window.showInformationMessage(said, open)) === open)
      await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(folder, "README.md"));
  },
};

async function askFleet() {
  const devices = await vscode.window.showInputBox({
    title: `${TITLE} (1/2)`,
    prompt:
      "How many devices are there? The sizes of the canary and of the groups follow from it. Leave it empty for a canary alone.",
    validateInput: devicesFault,
    ignoreFocusOut: true,
  });
  const count = devices === undefined ? undefined : devicesOf(devices);
  if (count === undefined) return undefined;
  const rate = await vscode.window.showInputBox({
    title: `${TITLE} (2/2)`,
    prompt: "How often a day does the power of a device fail? A cut in the wrong moment bricks it.",
    value: String(DEFAULT_CUT_RATE),
    validateInput: rateFault,
    ignoreFocusOut: true,
  });
  const cutsPerDeviceAndDay = rate === undefined ? undefined : rateOf(rate);
  if (cutsPerDeviceAndDay === undefined) return undefined;
  return { devices: count === "none" ? undefined : count, cutsPerDeviceAndDay };
}

async function askFolder(manifest: vscode.Uri): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: `${TITLE}: Where to?`,
    openLabel: "Write Here",
    defaultUri: vscode.Uri.joinPath(manifest, ".."),
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
  });
  return chosen?.[0];
}

/** Among other files, such as those of the project with a README of its own, the bundle gets a folder of its own. */
async function placeIn(folder: vscode.Uri, version: string): Promise<vscode.Uri> {
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  return names.length === 0 || names.includes(RELEASE_NAME)
    ? folder
    : vscode.Uri.joinPath(folder, `release-${version}`);
}

/** The sums come last: a folder whose writing was cut off is no bundle that anybody would publish. */
async function writeBundle({ files }: NewBundle, folder: vscode.Uri): Promise<void> {
  for (const { path, bytes } of files)
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), bytes);
}

const noBundle = (manifest: vscode.Uri, message: string): Refusal =>
  new Refusal(`No bundle was written. ${message}`, {
    title: "Show Migration Plan",
    run: () => vscode.commands.executeCommand(commands.showPlan, manifest),
  });
