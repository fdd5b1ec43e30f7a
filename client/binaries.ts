import * as vscode from "vscode";
import type { ChosenBinary } from "../core/facts";
import { micropythonSlot } from "../core/ota/micropythonSlot";
import { chosenBinary } from "../core/project/chosenBinary";
import { percentText, sizeText } from "../core/text/units";
import type { OpenTable } from "./table";
import { workspaceFiles } from "./workspaceFiles";

/** An image in the list: what it is and whether the table can take it. */
export interface BinaryItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
  readonly use: "app" | "combined" | "unusable";
  readonly why: string;
  readonly rank: number;
}

/** Tells of the images found so far each time one more was read; usable ones that fit stand first. */
export async function listBinaries(
  table: OpenTable,
  token: vscode.CancellationToken,
  show: (items: readonly BinaryItem[], busy: boolean) => void,
): Promise<void> {
  const found = await vscode.workspace.findFiles("**/*.{bin,app-bin}", "**/node_modules/**", 200, token);
  const items: BinaryItem[] = [];
  for (const uri of found) {
    if (token.isCancellationRequested) return;
    items.push(await binaryItem(uri, table));
    items.sort((a, b) => a.rank - b.rank || a.label.localeCompare(b.label));
    show(items, true);
  }
  show(items, false);
}

export async function binaryItem(uri: vscode.Uri, table: OpenTable): Promise<BinaryItem> {
  const path = vscode.workspace.asRelativePath(uri);
  const report = await workspaceFiles.inspect(uri.toString());
  if (!report)
    return item(uri, path, undefined, { rank: 3, icon: "circle-slash", text: "The file cannot be read." });
  const binary = chosenBinary(path, report);
  return item(uri, path, binary, verdictOf(binary, table));
}

interface Verdict {
  readonly rank: number;
  readonly icon: string;
  readonly text: string;
}

/** The same questions as the rules of the fit, in the shortest words. */
function verdictOf(binary: ChosenBinary, { analysis }: OpenTable): Verdict {
  if (binary.kind === "unusable") return { rank: 3, icon: "circle-slash", text: binary.fault };
  const { chip } = analysis.facts;
  if (chip && binary.chip && chip.id !== binary.chip.id) {
    return { rank: 2, icon: "warning", text: `For ${binary.chip.name}, but the device is ${chip.name}.` };
  }
  const slot = micropythonSlot(analysis.table);
  if (!slot) return { rank: 2, icon: "warning", text: "The table has no app slot for it." };
  const margin = slot.size - binary.appSize;
  if (margin < 0)
    return { rank: 2, icon: "warning", text: `${sizeText(-margin)} too large for ${slot.name}.` };
  const free = `fits ${slot.name}, ${percentText(margin / slot.size)} free`;
  return binary.kind === "combined"
    ? { rank: 1, icon: "package", text: `Combined image: its app must be extracted; it ${free}.` }
    : { rank: 0, icon: "check", text: `It ${free}.` };
}

function item(uri: vscode.Uri, path: string, binary: ChosenBinary | undefined, verdict: Verdict): BinaryItem {
  const known = binary && binary.kind !== "unusable";
  const facts = known ? [binary.title, binary.chip?.name, sizeText(binary.appSize)].filter(Boolean) : [];
  return {
    uri,
    use: binary?.kind ?? "unusable",
    why: verdict.text,
    rank: verdict.rank,
    label: `$(${verdict.icon}) ${path}`,
    description: facts.join(" · "),
    detail: verdict.text,
  };
}
