import type { ServerCapabilities } from "vscode-languageserver-protocol";
import { tokenKinds } from "../core/language/semanticTokens";
import type { ClientFeatures } from "./clientFeatures";
import { CodeActionKind, TextDocumentSyncKind } from "./convert/kinds";
import { tokenTypes } from "./convert/tokens";

/** The kind of the action that mends all problems, so that `source.fixAll` on save includes it. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.crossflash`;

export const capabilitiesFor = (client: ClientFeatures): ServerCapabilities => ({
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  completionProvider: { triggerCharacters: [",", " ", ":", '"', "/"] },
  hoverProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  renameProvider: client.preparesRename ? { prepareProvider: true } : true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
  codeLensProvider: {},
  inlayHintProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: tokenKinds.map((kind) => tokenTypes[kind]), tokenModifiers: [] },
    full: true,
  },
  ...(client.pullsDiagnostics
    ? { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } }
    : {}),
  ...(client.workspaceFolders
    ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }
    : {}),
});
