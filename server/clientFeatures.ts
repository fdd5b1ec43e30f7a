import type { InitializeParams } from "vscode-languageserver-protocol";
import type { CommandId } from "../protocol/commands";
import type { InitializationOptions } from "../protocol/lsp";

/** What the client can do beyond the bare protocol. Everything may be missing. */
export interface ClientFeatures {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly codeActionLiterals: boolean;
  readonly versionedEdits: boolean;
  readonly markdownHovers: boolean;
  readonly symbolTrees: boolean;
  readonly preparesRename: boolean;
  readonly watchesFiles: boolean;
  readonly tellsConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly workspaceFolders: boolean;
  readonly commands: ReadonlySet<CommandId>;
  readonly wantsSurroundings: boolean;
}

export function clientFeaturesOf({ capabilities, initializationOptions }: InitializeParams): ClientFeatures {
  const { textDocument, workspace } = capabilities;
  const options = optionsOf(initializationOptions);
  const diagnostics = [textDocument?.publishDiagnostics, textDocument?.diagnostic];
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    relatedInformation: diagnostics.some((it) => it?.relatedInformation === true),
    codeDescription: diagnostics.some((it) => it?.codeDescriptionSupport === true),
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    markdownHovers: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    symbolTrees: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    tellsConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    commands: new Set(Array.isArray(options.commands) ? options.commands : []),
    wantsSurroundings: options.surroundings === true,
  };
}

/** What a client sends there is its own affair until it was looked at. */
export const optionsOf = (options: unknown): InitializationOptions =>
  typeof options === "object" && options !== null ? options : {};
