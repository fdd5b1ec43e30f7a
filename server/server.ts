import type { MessageReader, MessageWriter } from "vscode-jsonrpc";
import type { InitializeParams } from "vscode-languageserver-protocol";
import { capabilitiesFor } from "./capabilities";
import { clientFeaturesOf, optionsOf } from "./clientFeatures";
import { connectionOver } from "./connection";
import { openDocuments } from "./documents";
import { registerChanges } from "./handlers/changes";
import { registerDiagnostics } from "./handlers/diagnostics";
import { registerFixes } from "./handlers/fixes";
import { registerLenses } from "./handlers/lenses";
import { registerReading } from "./handlers/reading";
import { registerSimulation } from "./handlers/simulation";
import { registerStructure } from "./handlers/structure";
import { registerSurroundings } from "./handlers/surroundings";
import { registerWorkspace } from "./handlers/workspace";
import { projectOf } from "./project";
import type { Life, Runtime } from "./runtime";
import { createSession } from "./session";
import { settingsStore } from "./settings";
import { pathOf } from "./uri";

const features = [
  registerWorkspace,
  registerDiagnostics,
  registerReading,
  registerStructure,
  registerChanges,
  registerFixes,
  registerLenses,
  registerSurroundings,
  registerSimulation,
];

/** Serves one client. What the client can do is known only with its first request, so everything begins there. */
export function startServer(
  reader: MessageReader,
  writer: MessageWriter,
  runtime: Runtime,
  { exit, endWith }: Life,
): void {
  const connection = connectionOver(reader, writer, exit);
  connection.onRequest("initialize", (params) => {
    if (params.processId !== null) endWith(params.processId);
    const client = clientFeaturesOf(params);
    const documents = openDocuments(connection);
    const project = projectOf(documents, runtime);
    project.setRoots(rootsOf(params));
    const settings = settingsStore(connection, client, optionsOf(params.initializationOptions).settings);
    const session = createSession({ connection, client, documents, project, settings });
    for (const register of features) register(session);
    return { capabilities: capabilitiesFor(client), serverInfo: { name: "Crossflash" } };
  });
}

/** Folders in the newest form that the client sends. */
function rootsOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}
