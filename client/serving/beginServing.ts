import * as vscode from "vscode";
import { DEFAULT_PORT } from "../../core/delivery/address";
import type { ImageFinding } from "../../core/delivery/finding";
import { chooseAddress, type LocalAddress } from "../../core/delivery/interfaces";
import { type Delivery, hasErrors, readDelivery, type ServedImage } from "../../core/delivery/readDelivery";
import type { ServerCertificate } from "../../device/otaServer/certificate";
import { commands } from "../../protocol/commands";
import { chooseFile } from "../boards/files";
import type { OtaServing } from "../otaServer";
import { Refusal } from "../refusal";
import { nameOf, rootOf } from "../table";
import { savedFiles } from "../workspaceFiles";
import type { ServingOptions } from "./serving";

const SERVE = "Serve";
const CHOOSE = "Choose Repartitioner…";

/** The images of a migration, vetted, with the user's yes where there is something to know; undefined for a no. */
export async function askImages(
  manifest: vscode.Uri,
  repartitioner?: vscode.Uri,
): Promise<readonly ServedImage[] | undefined> {
  const delivery = await deliveryOf(manifest, repartitioner);
  const { findings, images } = delivery;
  const errors = findings.filter(({ severity }) => severity === "error");
  if (hasErrors(findings))
    throw new Refusal(`Nothing is served. ${textsOf(errors)}`, {
      title: "Show Migration Plan",
      run: () => vscode.commands.executeCommand(commands.showPlan, manifest),
    });
  if (findings.length === 0) return images;
  const isMissing = images.every(({ image }) => image !== "repartitioner");
  const chosen = await vscode.window.showWarningMessage(
    "Serve the OTA images all the same?",
    { modal: true, detail: textsOf(findings) },
    SERVE,
    ...(isMissing ? [CHOOSE] : []),
  );
  if (chosen !== CHOOSE) return chosen === SERVE ? images : undefined;
  const file = await chooseFile("Choose the Repartitioner");
  return file && askImages(manifest, file);
}

const textsOf = (findings: readonly ImageFinding[]): string =>
  findings.map(({ message }) => message).join("\n\n");

async function deliveryOf(manifest: vscode.Uri, repartitioner: vscode.Uri | undefined): Promise<Delivery> {
  const place = { manifestPath: manifest.toString(), root: rootOf(manifest).toString() };
  const stated = repartitioner && { name: nameOf(repartitioner), path: repartitioner.toString() };
  const delivery = await readDelivery(place, { repartitioner: stated }, savedFiles);
  if (delivery.ok) return delivery.value;
  throw new Refusal(`Nothing is served. ${delivery.message}`, {
    title: "Open crossflash.json",
    run: () => vscode.window.showTextDocument(manifest),
  });
}

/** Where to serve; undefined where the user does not say. */
export async function askPlace(
  images: readonly ServedImage[],
  { localAddresses }: Pick<OtaServing, "localAddresses">,
): Promise<Pick<ServingOptions, "address" | "port"> | undefined> {
  const planned = images.flatMap((image) => image.planned ?? []);
  const found = chooseAddress(localAddresses(), { planned: planned.map(({ host }) => host) });
  if (found.length === 0)
    throw new Refusal(
      "This machine has no address at which a device could reach it. Connect it to a network.",
    );
  const chosen = found.length === 1 ? found[0] : await pick(found);
  const own = setting("port", 0);
  return chosen && { address: chosen.address, port: own > 0 ? own : (planned[0]?.port ?? DEFAULT_PORT) };
}

async function pick(found: readonly LocalAddress[]): Promise<LocalAddress | undefined> {
  const items = found.map((one) => ({ label: one.address, description: one.name, one }));
  const options = {
    title: "Serve OTA Images at Which Address?",
    placeHolder: "The one that the devices reach",
  };
  return (await vscode.window.showQuickPick(items, options))?.one;
}

const TOKEN = "crossflash.servingToken";

/** The token that belongs to this user on this machine; undefined where none is wanted. It is in no file. */
export async function tokenOf(
  secrets: vscode.SecretStorage,
  newToken: () => string,
): Promise<string | undefined> {
  if (!setting("token", false)) return undefined;
  const kept = await secrets.get(TOKEN);
  if (kept !== undefined) return kept;
  const token = newToken();
  await secrets.store(TOKEN, token);
  return token;
}

/** The certificate of our own authority; undefined where plain HTTP is meant. */
export async function certificateOf(
  storage: vscode.Uri,
  address: string,
  { ownCertificate }: Pick<OtaServing, "ownCertificate">,
): Promise<ServerCertificate | undefined> {
  if (!setting("https", false)) return undefined;
  const made = await ownCertificate(storage.fsPath, { address }, Date.now());
  if (!made.ok) throw new Refusal(made.message);
  return made.value;
}

const setting = <T>(name: string, otherwise: T): T =>
  vscode.workspace.getConfiguration("crossflash.serve").get(name, otherwise);
