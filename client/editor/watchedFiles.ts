import * as vscode from "vscode";
import { dirname, isSamePath } from "../../core/project/paths";

export interface WatchedFiles extends vscode.Disposable {
  /** Watches these instead of those before; false where they are the same. */
  set(paths: readonly string[]): boolean;
}

/** Tells when one of the files changed, on the disk or in an editor: what an editor shows wins over the disk. */
export function watchedFiles(changed: () => void): WatchedFiles {
  let paths: readonly string[] = [];
  let isOver = false;
  let folders = vscode.Disposable.from();
  const look = (uri: vscode.Uri): void => {
    if (paths.some((path) => isSamePath(path, uri.toString()))) changed();
  };
  const documents = [
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document.uri)),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => look(uri)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => look(uri)),
  ];
  return {
    set(wanted) {
      if (isOver || wanted.join("\n") === paths.join("\n")) return false;
      paths = wanted;
      folders.dispose();
      folders = vscode.Disposable.from(
        ...[...new Set(wanted.map(dirname))].map((folder) => watchedFolder(folder, look)),
      );
      return true;
    },
    dispose() {
      isOver = true;
      vscode.Disposable.from(folders, ...documents).dispose();
    },
  };
}

/** The folder itself, not what lies below: a path may hold characters that mean something in a pattern. */
export function watchedFolder(folder: string, look: (uri: vscode.Uri) => void): vscode.Disposable {
  const pattern = new vscode.RelativePattern(vscode.Uri.parse(folder), "*");
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(look),
    watcher.onDidChange(look),
    watcher.onDidDelete(look),
  );
}
