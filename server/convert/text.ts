import type {
  OptionalVersionedTextDocumentIdentifier,
  Range,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import type { TextDocument } from "vscode-languageserver-textdocument";
import * as core from "../../core/text/span";
import type { ClientFeatures } from "../clientFeatures";

/** Offsets are the core's, lines and characters the protocol's; this is the only place where one becomes the other. */
export const rangeOf = (document: TextDocument, { start, end }: core.Span): Range => ({
  start: document.positionAt(start),
  end: document.positionAt(end),
});

export const spanOf = (document: TextDocument, { start, end }: Range): core.Span =>
  core.span(document.offsetAt(start), document.offsetAt(end));

export const editsOf = (document: TextDocument, edits: readonly core.TextEdit[]): TextEdit[] =>
  edits.map(({ span, newText }) => ({ range: rangeOf(document, span), newText }));

/** Edits of one document, tied to its version where the client can check that. */
export function workspaceEditOf(
  document: TextDocument,
  edits: readonly core.TextEdit[],
  { versionedEdits }: ClientFeatures,
): WorkspaceEdit {
  const { uri, version } = document;
  if (!versionedEdits) return { changes: { [uri]: editsOf(document, edits) } };
  const textDocument: OptionalVersionedTextDocumentIdentifier = { uri, version };
  return { documentChanges: [{ textDocument, edits: editsOf(document, edits) }] };
}
