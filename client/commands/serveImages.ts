import * as vscode from "vscode";
import { addressText, belowToken, clashTexts, strayTexts } from "../../core/delivery/address";
import { commands, devicesViewId } from "../../protocol/commands";
import { chooseManifest } from "../migration/chooseManifest";
import { loadOtaServing } from "../otaServer";
import { Refusal } from "../refusal";
import { askImages, askPlace, certificateOf, tokenOf } from "../serving/beginServing";
import type { Served } from "../serving/serving";
import type { Command } from "./command";

/** Serves the two images of a migration to devices, and shows how far they are. */
export const serveImages: Command = {
  id: commands.serveImages,
  needsTrust: true,
  async run({ devices, plans }, argument) {
    if (devices.serving.current()) return devices.showServed();
    const manifest = await chooseManifest(
      argument,
      "Serve the Images of Which Migration?",
      plans.inFront()?.manifest,
    );
    const vetted = manifest && (await askImages(manifest));
    if (!vetted) return;
    const ota = await loadOtaServing();
    const place = await askPlace(vetted, ota);
    if (!place) return;
    const certificate = await certificateOf(devices.storage, place.address, ota);
    const token = await tokenOf(devices.secrets, ota.newToken);
    const images = belowToken(vetted, token);
    // What was apart in the manifest may meet where only one address had the token.
    const [clash] = clashTexts(images);
    if (clash !== undefined) throw new Refusal(`Nothing is served. ${clash}`);
    const served = await devices.serving.start({ ...place, images, certificate, token });
    await devices.showServed();
    await vscode.commands.executeCommand(`${devicesViewId}.focus`);
    await tell(served);
  },
};

/** What keeps devices away is said once; that all is well is said by the page and the status bar. */
async function tell({ server, images }: Served): Promise<void> {
  const unreachable = await server.check();
  const warnings = [...strayTexts(images, server), ...(unreachable === undefined ? [] : [unreachable])];
  if (warnings.length > 0) void vscode.window.showWarningMessage(warnings.join(" "));
  else void vscode.window.showInformationMessage(`OTA images are served at ${addressText(server)}.`);
}
