import type {
  CodeAction,
  CodeActionParams,
  CodeLens,
  CodeLensParams,
  CompletionItem,
  CompletionParams,
  ConfigurationParams,
  DidChangeConfigurationParams,
  DidChangeTextDocumentParams,
  DidChangeWatchedFilesParams,
  DidChangeWorkspaceFoldersParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  DidSaveTextDocumentParams,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  DocumentFormattingParams,
  DocumentRangeFormattingParams,
  DocumentSymbol,
  DocumentSymbolParams,
  FoldingRange,
  FoldingRangeParams,
  Hover,
  HoverParams,
  InitializedParams,
  InitializeParams,
  InitializeResult,
  InlayHint,
  InlayHintParams,
  LogMessageParams,
  PrepareRenameParams,
  ProgressToken,
  PublishDiagnosticsParams,
  Range,
  RegistrationParams,
  RenameParams,
  SemanticTokens,
  SemanticTokensParams,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
  WorkspaceFolder,
} from "vscode-languageserver-protocol";
import type { ServerNotifications, ServerRequests } from "../protocol/lsp";

/** What the server answers: method to parameters and result. */
export interface Served extends ServerRequests {
  initialize: [InitializeParams, InitializeResult];
  "textDocument/codeAction": [CodeActionParams, CodeAction[]];
  "textDocument/codeLens": [CodeLensParams, CodeLens[]];
  "textDocument/completion": [CompletionParams, CompletionItem[]];
  "textDocument/diagnostic": [DocumentDiagnosticParams, DocumentDiagnosticReport];
  "textDocument/documentSymbol": [DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[]];
  "textDocument/foldingRange": [FoldingRangeParams, FoldingRange[]];
  "textDocument/formatting": [DocumentFormattingParams, TextEdit[]];
  "textDocument/hover": [HoverParams, Hover | null];
  "textDocument/inlayHint": [InlayHintParams, InlayHint[]];
  "textDocument/prepareRename": [PrepareRenameParams, Range | null];
  "textDocument/rangeFormatting": [DocumentRangeFormattingParams, TextEdit[]];
  "textDocument/rename": [RenameParams, WorkspaceEdit | null];
  "textDocument/semanticTokens/full": [SemanticTokensParams, SemanticTokens];
}

/** What the client tells the server: method to parameters. */
export interface Heard {
  initialized: InitializedParams;
  "textDocument/didOpen": DidOpenTextDocumentParams;
  "textDocument/didChange": DidChangeTextDocumentParams;
  "textDocument/didSave": DidSaveTextDocumentParams;
  "textDocument/didClose": DidCloseTextDocumentParams;
  "workspace/didChangeConfiguration": DidChangeConfigurationParams;
  "workspace/didChangeWatchedFiles": DidChangeWatchedFilesParams;
  "workspace/didChangeWorkspaceFolders": DidChangeWorkspaceFoldersParams;
}

/** What the server asks the client: method to parameters, none or one, and result. */
export interface Asked {
  "client/registerCapability": [[RegistrationParams], null];
  "workspace/configuration": [[ConfigurationParams], unknown[]];
  "workspace/workspaceFolders": [[], WorkspaceFolder[] | null];
  "workspace/codeLens/refresh": [[], null];
  "workspace/diagnostic/refresh": [[], null];
  "workspace/inlayHint/refresh": [[], null];
}

/** What the server tells the client: method to parameters. */
export interface Told extends ServerNotifications {
  /** Partial results, or how far the work is, for the request that named this token. */
  "$/progress": { readonly token: ProgressToken; readonly value: unknown };
  "textDocument/publishDiagnostics": PublishDiagnosticsParams;
  "window/logMessage": LogMessageParams;
}
