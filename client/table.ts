import * as vscode from "vscode";
import { type Analysis, analyse, hasErrors } from "../core/analyse";
import { noFacts } from "../core/facts";
import { type Surroundings, surroundingsOf } from "../core/project/surroundings";
import { decodeText } from "../core/text/decode";
import { Refusal } from "./safely";
import { readFile, workspaceFiles } from "./workspaceFiles";

/** A partition table that a command works on. */
export interface OpenTable {
  readonly document: vscode.TextDocument;
  readonly surroundings: Surroundings;
  readonly analysis: Analysis;
}

/** The folder beyond which nothing is read or written for this file: its workspace folder, else its own. */
export const rootOf = (uri: vscode.Uri): vscode.Uri =>
  vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, "..");

/** The table as the editor shows it, saved or not. The user's severities do not count here. */
export async function openTable(uri: vscode.Uri): Promise<OpenTable> {
  const document = await vscode.workspace.openTextDocument(uri);
  const surroundings = await surroundingsAt(uri);
  return { document, surroundings, analysis: analyse(document.getText(), surroundings.facts) };
}

/** Nothing stands around a table that has no file yet, or is one of an earlier day. */
export const surroundingsAt = async (uri: vscode.Uri): Promise<Surroundings> =>
  uri.scheme === "file"
    ? surroundingsOf(uri.toString(), rootOf(uri).toString(), workspaceFiles)
    : { role: "alone", facts: noFacts, dependsOn: [] };

/** The same for something that will be written: saved first, so that table and export do not differ on the disk. */
export async function savedTable(uri: vscode.Uri, undone = "nothing was exported"): Promise<OpenTable> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty && !document.isUntitled && !(await document.save())) {
    throw new Refusal(`${nameOf(uri)} could not be saved, so ${undone}.`);
  }
  return openTable(uri);
}

/** What is written beside a table needs a place to be beside of. */
export function refuseUntitled(table: vscode.Uri): void {
  if (table.scheme !== "file")
    throw new Refusal("This table has no file yet. Save it as partitions.csv and try again.");
}

/** Throws a refusal that leads to the problems when the table has errors. */
export function refuseErrors({ analysis, document }: OpenTable, undone = "nothing was exported"): void {
  if (!hasErrors(analysis)) return;
  const errors = analysis.problems.filter(({ severity }) => severity === "error");
  const count = errors.length === 1 ? "has an error" : `has ${errors.length} errors`;
  throw new Refusal(`${nameOf(document.uri)} ${count}, so ${undone}. ${errors[0]?.message ?? ""}`, {
    title: "Show Problems",
    run: () => vscode.commands.executeCommand("workbench.actions.view.problems"),
  });
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

/** The folder in which to propose what is made of a table; one without a file is proposed to lie in the workspace. */
export const folderOf = (table: vscode.Uri): vscode.Uri =>
  table.scheme === "file"
    ? vscode.Uri.joinPath(table, "..")
    : (vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/"));
