import * as vscode from "vscode";
import type { NamedFile } from "../../core/job/files";
import { dirname, resolveInside } from "../../core/project/paths";
import { Refusal } from "../safely";
import { nameOf, rootOf } from "../table";
import { readFile } from "../workspaceFiles";

/** A file that goes onto a board; the action is what to do where it cannot be read. */
export async function namedFile(uri: vscode.Uri, action?: Refusal["action"]): Promise<NamedFile> {
  const bytes = await readFile(uri);
  if (!bytes)
    throw new Refusal(
      `${nameOf(uri)} cannot be read, or is larger than any flash. Nothing was written.`,
      action,
    );
  return { name: nameOf(uri), bytes };
}

/** A file that a manifest names, where it names one; refused where it leads out of the workspace or is not there. */
export async function manifestFile(
  manifestPath: string,
  named: string | undefined,
): Promise<NamedFile | undefined> {
  return named === undefined ? undefined : namedFile(manifestUri(manifestPath, named));
}

/** Where a path of a manifest leads. */
export function manifestUri(manifestPath: string, named: string): vscode.Uri {
  const path = resolveInside(rootOf(vscode.Uri.parse(manifestPath)).toString(), dirname(manifestPath), named);
  if (path === undefined)
    throw new Refusal(`'${named}' in crossflash.json leads out of the workspace. Name a file inside it.`);
  return vscode.Uri.parse(path);
}

export async function chooseFile(title: string): Promise<vscode.Uri | undefined> {
  const filters = { Images: ["bin", "app-bin"], "All files": ["*"] };
  return (await vscode.window.showOpenDialog({ title, filters }))?.[0];
}
