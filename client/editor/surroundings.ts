import * as vscode from "vscode";
import { settingsOf, settingsSection } from "../../protocol/settings";
import { surroundingsAt } from "../table";
import type { LayoutFacts } from "./facts";
import { keepFresh } from "./fresh";
import { watchedFiles } from "./watchedFiles";

type Log = Pick<vscode.LogOutputChannel, "error">;

/** The facts around a table, kept up to date until nobody wants them any more. */
export interface FollowedFacts extends vscode.Disposable {
  /** As they were when following began. */
  readonly facts: LayoutFacts;
}

/** Reads the facts around a table, and again whenever a file or a setting changed that they came from. */
export async function followFacts(
  document: vscode.TextDocument,
  tell: (facts: LayoutFacts) => void,
  log: Log,
): Promise<FollowedFacts> {
  // A file that was read before it was watched may have changed unnoticed: the files of a first reading are read twice.
  const watched = watchedFiles(() => changed());
  const read = async (): Promise<LayoutFacts> => {
    const facts = await readFacts(document.uri);
    if (watched.set(facts.surroundings.dependsOn)) changed();
    return facts;
  };
  const { first, changed } = keepFresh(read, tell, (error) =>
    log.error("The facts around the table could not be read:", error),
  );
  const listeners = vscode.Disposable.from(
    watched,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.rules`, document)) changed();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(changed),
  );
  try {
    return { facts: await first, dispose: () => listeners.dispose() };
  } catch (error) {
    listeners.dispose();
    throw error;
  }
}

async function readFacts(uri: vscode.Uri): Promise<LayoutFacts> {
  const { severities } = settingsOf({
    rules: vscode.workspace.getConfiguration(settingsSection, uri).get("rules"),
  });
  return { surroundings: await surroundingsAt(uri), severities };
}
