import type * as protocol from "vscode-languageserver-protocol";

/*
 * The numbers and words of the protocol that are used here. Its library would bring 130 KB of request classes with them;
 * its types make sure that each number is the right one.
 */

export const CompletionItemKind = {
  Class: 7,
  Value: 12,
  Keyword: 14,
  File: 17,
  Folder: 19,
  EnumMember: 20,
  Struct: 22,
} as const satisfies Partial<typeof protocol.CompletionItemKind>;

export const DiagnosticSeverity = {
  Error: 1,
  Warning: 2,
  Information: 3,
} as const satisfies Partial<typeof protocol.DiagnosticSeverity>;

export const SymbolKind = {
  Field: 8,
  Function: 12,
} as const satisfies Partial<typeof protocol.SymbolKind>;

export const FoldingRangeKind = {
  Comment: "comment",
  Region: "region",
} as const satisfies Partial<typeof protocol.FoldingRangeKind>;

export const CodeActionKind = {
  QuickFix: "quickfix",
  SourceFixAll: "source.fixAll",
} as const satisfies Partial<typeof protocol.CodeActionKind>;

export const CodeActionTriggerKind = {
  Automatic: 2,
} as const satisfies Partial<typeof protocol.CodeActionTriggerKind>;

export const TextDocumentSyncKind = {
  Incremental: 2,
} as const satisfies Partial<typeof protocol.TextDocumentSyncKind>;

export const MessageType = {
  Error: 1,
  Warning: 2,
} as const satisfies Partial<typeof protocol.MessageType>;
export type MessageType = protocol.MessageType;

export const LSPErrorCodes = {
  RequestCancelled: -32800,
  RequestFailed: -32803,
} as const satisfies Partial<typeof protocol.LSPErrorCodes>;
