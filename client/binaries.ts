import * as vscode from "vscode";
import { type ChipTarget, chipById } from "../core/chip/targets";
import type { ChosenBinary } from "../core/facts";
import { micropythonSlot } from "../core/ota/micropythonSlot";
import { chosenBinary } from "../core/project/chosenBinary";
import type { Surroundings } from "../core/project/surroundings";
import { percentText, sizeText } from "../core/text/units";
import { type OpenTable, rootOf } from "./table";
import { workspaceFiles } from "./workspaceFiles";

/** An image in the list: what it is and whether the table can take it. */
export interface BinaryItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
  readonly use: "app" | "combined" | "unusable";
  readonly why: string;
}

/**
 * Tells of all images at once, in the order of their paths, and again each time one more was read. Rows never move:
 * a click must not hit another one than the eye saw.
 */
export async function listBinaries(
  table: OpenTable,
  token: vscode.CancellationToken,
  show: (items: readonly BinaryItem[], busy: boolean) => void,
): Promise<void> {
  const pattern = new vscode.RelativePattern(rootOf(table.document.uri), "**/*.{bin,app-bin}");
  const found = await vscode.workspace.findFiles(pattern, "**/node_modules/**", 200, token);
  const sorted = found.toSorted((a, b) => a.path.localeCompare(b.path));
  const items = sorted.map((uri) => item(uri, undefined, { icon: "loading~spin", text: "Being read…" }));
  for (const [index, uri] of sorted.entries()) {
    if (token.isCancellationRequested) return;
    show(items, true);
    items[index] = await binaryItem(uri, table);
  }
  show(items, false);
}

export async function binaryItem(uri: vscode.Uri, table: OpenTable): Promise<BinaryItem> {
  const report = await workspaceFiles.inspect(uri.toString());
  if (!report) return item(uri, undefined, { icon: "circle-slash", text: "The file cannot be read." });
  const binary = chosenBinary(vscode.workspace.asRelativePath(uri), report);
  return item(uri, binary, verdictOf(binary, table));
}

interface Verdict {
  readonly icon: string;
  readonly text: string;
}

/** The same questions as the rules of the fit, in the shortest words. */
function verdictOf(binary: ChosenBinary, { analysis, surroundings }: OpenTable): Verdict {
  if (binary.kind === "unusable") return { icon: "circle-slash", text: binary.fault };
  const chip = chipOfDevice(surroundings);
  if (chip && binary.chip && chip.id !== binary.chip.id) {
    return { icon: "warning", text: `For ${binary.chip.name}, but the device is ${chip.name}.` };
  }
  const slot = micropythonSlot(analysis.table);
  if (!slot) return { icon: "warning", text: "The table has no app slot for it." };
  const margin = slot.size - binary.appSize;
  if (margin < 0) return { icon: "warning", text: `${sizeText(-margin)} too large for ${slot.name}.` };
  const free = `fits ${slot.name}, ${percentText(margin / slot.size)} free`;
  return binary.kind === "combined"
    ? { icon: "package", text: `Combined image: its app must be extracted; it ${free}.` }
    : { icon: "check", text: `It ${free}.` };
}

/** While nobody says which chip the device has, the binary chosen so far stands for it; it must not speak against another. */
const chipOfDevice = ({ facts, manifest }: Surroundings): ChipTarget | undefined =>
  facts.micropython ? chipById(manifest?.chip ?? "") : facts.chip;

function item(uri: vscode.Uri, binary: ChosenBinary | undefined, verdict: Verdict): BinaryItem {
  const known = binary && binary.kind !== "unusable";
  const facts = known ? [binary.title, binary.chip?.name, sizeText(binary.appSize)].filter(Boolean) : [];
  return {
    uri,
    use: binary?.kind ?? "unusable",
    why: verdict.text,
    label: vscode.workspace.asRelativePath(uri),
    iconPath: new vscode.ThemeIcon(verdict.icon),
    description: facts.join(" · "),
    detail: verdict.text,
  };
}
