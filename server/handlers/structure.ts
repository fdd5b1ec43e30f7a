import type * as lsp from "vscode-languageserver-protocol";
import { folding } from "../../core/language/folding";
import { semanticTokens } from "../../core/language/semanticTokens";
import { type PartitionSymbol, symbols } from "../../core/language/symbols";
import { FoldingRangeKind, SymbolKind } from "../convert/kinds";
import { rangeOf } from "../convert/text";
import { semanticTokensOf } from "../convert/tokens";
import type { OpenTable, Session } from "../session";

/** What shows the shape of a table: outline, folding, colours. */
export function registerStructure({ connection, safely, client, table }: Session): void {
  connection.onRequest(
    "textDocument/documentSymbol",
    safely("Outline", [], async ({ textDocument: { uri } }) => {
      const open = await table(uri);
      const outline = open ? outlineOf(open) : [];
      return client.symbolTrees
        ? outline
        : outline.map(({ name, kind, range }) => ({ name, kind, location: { uri, range } }));
    }),
  );
  connection.onRequest(
    "textDocument/foldingRange",
    safely("Folding", [], async ({ textDocument }) => {
      const open = await table(textDocument.uri);
      return (open ? folding(open.analysis.csv) : []).map(({ kind, span }) => ({
        startLine: open?.document.positionAt(span.start).line ?? 0,
        endLine: open?.document.positionAt(span.end).line ?? 0,
        kind: kind === "comment" ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
      }));
    }),
  );
  connection.onRequest(
    "textDocument/semanticTokens/full",
    safely("Semantic tokens", { data: [] }, async ({ textDocument }) => {
      const open = await table(textDocument.uri);
      return open ? semanticTokensOf(open.document, semanticTokens(open.analysis)) : { data: [] };
    }),
  );
}

const symbolKinds: Readonly<Record<PartitionSymbol["kind"], lsp.SymbolKind>> = {
  app: SymbolKind.Function,
  other: SymbolKind.Field,
};

const outlineOf = ({ document, analysis }: OpenTable): lsp.DocumentSymbol[] =>
  symbols(analysis).map(({ name, detail, kind, span, nameSpan }) => ({
    name,
    detail,
    kind: symbolKinds[kind],
    range: rangeOf(document, span),
    selectionRange: rangeOf(document, nameSpan),
  }));
