import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { settingsSection } from "../../protocol/lsp";
import { kindOf } from "../documents";
import { describe } from "../safe";
import type { Session } from "../session";
import { pathOf } from "../uri";

/** Files that facts can come from. */
const watched = ["**/crossflash.json", "**/sdkconfig{,.defaults}", "**/*.{bin,csv,h,hpp}"];

/** Keeps facts and settings up to date: watched files, open documents, settings, folders. */
export function registerWorkspace(session: Session): void {
  const { connection, client, documents, project, settings, factsChanged } = session;
  /** A manifest is checked against the files that it names, whichever they are. */
  const filesChanged = (paths?: string[]): void => {
    const manifestIsOpen = documents.all().some((document) => kindOf(document) === "manifest");
    if (project.forget(paths) || manifestIsOpen) factsChanged();
  };
  // What is open in the editor wins over the disk, from the first key on until it is closed.
  const documentChanged = ({ document }: { document: TextDocument }): void => {
    const path = pathOf(document.uri);
    if (path !== undefined && project.forget([path])) factsChanged();
  };
  documents.sync.onDidChangeContent(documentChanged);
  documents.sync.onDidClose(documentChanged);
  connection.onDidChangeWatchedFiles(({ changes }) =>
    filesChanged(changes.flatMap(({ uri }) => pathOf(uri) ?? [])),
  );
  if (!client.watchesFiles) documents.sync.onDidSave(() => filesChanged());
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.changed(pushed);
    factsChanged();
  });
  session.onFactsChanged(() => refresh(session));
  connection.onInitialized(() => register(session));
}

function register({ connection, client, project, factsChanged }: Session): void {
  const failed = (error: unknown): void => connection.console.warn(`Not registered: ${describe(error)}`);
  if (client.watchesFiles) {
    const watchers = watched.map((globPattern) => ({ globPattern }));
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
  }
  if (client.registersConfiguration) {
    const section = settingsSection;
    connection.client.register(DidChangeConfigurationNotification.type, { section }).catch(failed);
  }
  if (!client.workspaceFolders) return;
  connection.workspace.onDidChangeWorkspaceFolders(() => {
    connection.workspace
      .getWorkspaceFolders()
      .then((folders) => {
        project.setRoots((folders ?? []).flatMap(({ uri }) => pathOf(uri) ?? []));
        factsChanged();
      })
      .catch(failed);
  });
}

/** Asks the client to ask again, where it can. */
function refresh({ connection, client }: Session): void {
  const ignored = (): void => {};
  if (client.pullsDiagnostics && client.refreshesDiagnostics)
    connection.languages.diagnostics.refresh().catch(ignored);
  if (client.refreshesHints) connection.languages.inlayHint.refresh().catch(ignored);
  if (client.refreshesLenses) connection.sendRequest("workspace/codeLens/refresh").catch(ignored);
}
