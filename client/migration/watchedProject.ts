import * as vscode from "vscode";
import { rootOf } from "../table";

/** Tells when something of the project changed that a plan may follow from, there already or not. */
export function watchedProject(manifest: vscode.Uri, changed: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(rootOf(manifest), "**/{*.json,*.csv,*.bin,*.h,sdkconfig*}"),
  );
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  );
}
