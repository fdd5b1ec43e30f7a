import * as vscode from "vscode";
import { nameOf } from "../table";
import type { ProjectFile } from "./writeProject";

/** What becomes of files that somebody has changed; undefined where the user wants to look first, or stops. */
export async function askAboutChanged(
  changed: readonly ProjectFile[],
): Promise<"leave" | "replace" | undefined> {
  if (changed.length === 0) return "leave";
  const names = changed.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join("\n");
  const [leave, replace, show] = ["Leave Them", "Replace Them", "Show Differences"];
  const question =
    changed.length === 1
      ? "A file of the project was changed by somebody since it was made."
      : `${changed.length} files of the project were changed by somebody since they were made.`;
  const detail = `${names}\n\nAll other files are brought up to date. Nothing is written if you cancel.`;
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail },
    leave,
    replace,
    show,
  );
  if (answer === show) await showDifferences(changed);
  return answer === leave ? "leave" : answer === replace ? "replace" : undefined;
}

const SCHEME = "crossflash-project";

/** Each file beside what it would become. */
async function showDifferences(changed: readonly ProjectFile[]): Promise<void> {
  const texts = new Map(changed.map(({ uri, text }) => [uri.path, text]));
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: ({ path }) => texts.get(path),
  });
  try {
    for (const { uri } of changed)
      await vscode.commands.executeCommand(
        "vscode.diff",
        uri,
        uri.with({ scheme: SCHEME, authority: "", query: "", fragment: "" }),
        `${nameOf(uri)}: yours, and as it would be made`,
        { preview: false },
      );
  } finally {
    provider.dispose();
  }
}
