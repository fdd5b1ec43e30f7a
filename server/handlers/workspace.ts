import type { FileSystemWatcher, Registration } from "vscode-languageserver-protocol";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { settingsSection } from "../../protocol/settings";
import { kindOf } from "../documents";
import type { Heard } from "../messages";
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
  const documentChanged = ({ uri }: TextDocument): void => {
    const path = pathOf(uri);
    if (path !== undefined && project.forget([path])) factsChanged();
  };
  documents.onChange(documentChanged);
  documents.onClose(documentChanged);
  connection.onNotification("workspace/didChangeWatchedFiles", ({ changes }) =>
    filesChanged(changes.flatMap(({ uri }) => pathOf(uri) ?? [])),
  );
  if (!client.watchesFiles) documents.onSave(() => filesChanged());
  connection.onNotification("workspace/didChangeConfiguration", ({ settings: pushed }) => {
    settings.changed(pushed);
    factsChanged();
  });
  session.onFactsChanged(() => refresh(session));
  connection.onNotification("initialized", () => register(session));
  if (client.workspaceFolders)
    connection.onNotification("workspace/didChangeWorkspaceFolders", () => foldersChanged(session));
}

/** Asks the client to tell what it tells only on request. */
function register({ connection, client }: Session): void {
  const registrations = [
    ...(client.watchesFiles
      ? [registration("workspace/didChangeWatchedFiles", { watchers: watched.map(watcher) })]
      : []),
    ...(client.registersConfiguration
      ? [registration("workspace/didChangeConfiguration", { section: settingsSection })]
      : []),
  ];
  if (registrations.length === 0) return;
  connection
    .sendRequest("client/registerCapability", { registrations })
    .catch((error) => connection.log.warn(`Not registered: ${describe(error)}`));
}

const watcher = (globPattern: string): FileSystemWatcher => ({ globPattern });

const registration = (method: keyof Heard, registerOptions: object): Registration => ({
  id: method,
  method,
  registerOptions,
});

async function foldersChanged({ connection, project, factsChanged }: Session): Promise<void> {
  const folders = await connection.sendRequest("workspace/workspaceFolders");
  project.setRoots((folders ?? []).flatMap(({ uri }) => pathOf(uri) ?? []));
  factsChanged();
}

/** Asks the client to ask again, where it can. */
function refresh({ connection, client }: Session): void {
  const ask = (method: "diagnostic" | "inlayHint" | "codeLens"): void =>
    void connection.sendRequest(`workspace/${method}/refresh`).catch(() => {});
  if (client.pullsDiagnostics && client.refreshesDiagnostics) ask("diagnostic");
  if (client.refreshesHints) ask("inlayHint");
  if (client.refreshesLenses) ask("codeLens");
}
