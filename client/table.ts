import * as vscode from "vscode";
import { type Analysis, analyse, hasErrors } from "../core/analyse";
import { type Surroundings, surroundingsOf } from "../core/project/surroundings";
import { decodeText } from "../core/text/decode";
import { languageId } from "../protocol/lsp";
import { Refusal } from "./safely";
import { readFile, workspaceFiles } from "./workspaceFiles";

/** A partition table that a command works on. */
export interface OpenTable {
  readonly document: vscode.TextDocument;
  readonly surroundings: Surroundings;
  readonly analysis: Analysis;
}

/** The table that a lens, an explorer entry or the active editor means; asks when there are several in the workspace. */
export async function chooseTable(argument: unknown): Promise<vscode.Uri | undefined> {
  const named = uriOf(argument);
  if (named && isTable(named)) return named;
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId === languageId) return active.uri;
  const found = await vscode.workspace.findFiles(
    "**/{partitions*.csv,*partitions.csv}",
    "**/{node_modules,build}/**",
    200,
  );
  if (found.length === 0)
    throw new Refusal(
      "There is no partition table (partitions*.csv) in this workspace. Open one and try again.",
    );
  if (found.length === 1) return found[0];
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { title: "Which partition table?" }))?.uri;
}

/** The URI in a command's argument: a `Uri` from a menu, or `{ uri }` from a lens or a fix. */
export function uriOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  const uri =
    typeof argument === "object" && argument !== null && "uri" in argument ? argument.uri : undefined;
  return typeof uri === "string" ? vscode.Uri.parse(uri) : undefined;
}

const isTable = (uri: vscode.Uri): boolean =>
  /(^|\/)(partitions[^/]*|[^/]*partitions)\.csv$/i.test(uri.path) ||
  vscode.workspace.textDocuments.some(
    (shown) => shown.languageId === languageId && shown.uri.toString() === uri.toString(),
  );

/** The folder beyond which nothing is read or written for this file: its workspace folder, else its own. */
export const rootOf = (uri: vscode.Uri): vscode.Uri =>
  vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, "..");

/** The table as the editor shows it, saved or not. The user's severities do not count here. */
export async function openTable(uri: vscode.Uri): Promise<OpenTable> {
  const document = await vscode.workspace.openTextDocument(uri);
  const surroundings = await surroundingsOf(uri.toString(), rootOf(uri).toString(), workspaceFiles);
  return { document, surroundings, analysis: analyse(document.getText(), surroundings.facts) };
}

/** The same for something that will be written: saved first, so that table and export do not differ on the disk. */
export async function savedTable(uri: vscode.Uri): Promise<OpenTable> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty && !document.isUntitled && !(await document.save())) {
    throw new Refusal(`${nameOf(uri)} could not be saved, so nothing was exported.`);
  }
  return openTable(uri);
}

/** Throws a refusal that leads to the problems when the table has errors. */
export function refuseErrors({ analysis, document }: OpenTable): void {
  if (!hasErrors(analysis)) return;
  const errors = analysis.problems.filter(({ severity }) => severity === "error");
  const count = errors.length === 1 ? "has an error" : `has ${errors.length} errors`;
  throw new Refusal(
    `${nameOf(document.uri)} ${count}, so nothing was exported. ${errors[0]?.message ?? ""}`,
    {
      title: "Show Problems",
      run: () => vscode.commands.executeCommand("workbench.actions.view.problems"),
    },
  );
}

/** Refuses when the file on the disk is no longer what was analysed: somebody else is writing it right now. */
export async function refuseChanged({ document, analysis }: OpenTable): Promise<void> {
  if (document.isUntitled) return;
  const bytes = await readFile(document.uri);
  const text = bytes && decodeText(bytes);
  const onDisk = text?.ok ? text.value : undefined;
  if (onDisk === undefined || sameLines(onDisk, analysis.csv.text)) return;
  throw new Refusal(
    `${nameOf(document.uri)} was changed on the disk meanwhile, so nothing was exported. Try again.`,
  );
}

/** The editor shows a file with mixed line ends with one kind only. */
const sameLines = (a: string, b: string): boolean => a.replace(/\r\n?/g, "\n") === b.replace(/\r\n?/g, "\n");

export const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);
