import * as vscode from "vscode";

export const createLog = (): vscode.LogOutputChannel =>
  vscode.window.createOutputChannel("Crossflash", { log: true });
