import type * as lsp from "vscode-languageserver-protocol";
import { type Completion, complete } from "../../core/language/complete";
import { hover } from "../../core/language/hover";
import { inlayHints } from "../../core/language/inlay";
import { hoverOf } from "../convert/hover";
import { CompletionItemKind } from "../convert/kinds";
import { editsOf, rangeOf, spanOf } from "../convert/text";
import { completeManifest, manifestHover } from "../manifest/features";
import type { OpenTable, Session } from "../session";

/** What helps while reading and typing: completion, hover, inlay hints. */
export function registerReading({ connection, safely, client, table, manifest }: Session): void {
  connection.onRequest(
    "textDocument/completion",
    safely("Completion", [], async ({ textDocument, position }) => {
      const open = await table(textDocument.uri);
      if (open) return completionItems(open, open.document.offsetAt(position));
      const json = manifest(textDocument.uri);
      return json ? completeManifest(json, json.document.offsetAt(position)) : [];
    }),
  );
  connection.onRequest(
    "textDocument/hover",
    safely("Hover", null, async ({ textDocument, position }) => {
      const open = (await table(textDocument.uri)) ?? manifest(textDocument.uri);
      if (!open) return null;
      const offset = open.document.offsetAt(position);
      const found = "analysis" in open ? hover(open.analysis, offset) : await manifestHover(open, offset);
      return found ? hoverOf(open.document, found, client) : null;
    }),
  );
  connection.onRequest(
    "textDocument/inlayHint",
    safely("Inlay hints", [], async ({ textDocument, range }) => {
      const open = await table(textDocument.uri);
      return open ? hintsIn(open, spanOf(open.document, range)) : [];
    }),
  );
}

function completionItems({ analysis, document }: OpenTable, offset: number): lsp.CompletionItem[] {
  return complete(analysis, offset).map((completion, index) => ({
    label: completion.label,
    kind: itemKinds[completion.kind],
    detail: completion.detail,
    documentation: completion.documentation,
    sortText: String(index).padStart(3, "0"),
    textEdit: { range: rangeOf(document, completion.edit.span), newText: completion.edit.newText },
  }));
}

const itemKinds: Readonly<Record<Completion["kind"], lsp.CompletionItemKind>> = {
  row: CompletionItemKind.Struct,
  type: CompletionItemKind.Class,
  subtype: CompletionItemKind.EnumMember,
  offset: CompletionItemKind.Value,
  size: CompletionItemKind.Value,
  flags: CompletionItemKind.Keyword,
};

const hintsIn = ({ analysis, document }: OpenTable, span: ReturnType<typeof spanOf>): lsp.InlayHint[] =>
  inlayHints(analysis, span).map(({ at, label, explanation, edit }) => ({
    position: document.positionAt(at),
    label,
    tooltip: explanation,
    textEdits: editsOf(document, [edit]),
  }));
