import type { SemanticTokens, SemanticTokenTypes } from "vscode-languageserver-protocol";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type SemanticToken, type TokenKind, tokenKinds } from "../../core/language/semanticTokens";

/** The protocol's own types, because every theme has a colour for them. */
export const tokenTypes: Readonly<Record<TokenKind, `${SemanticTokenTypes}`>> = {
  comment: "comment",
  label: "variable",
  type: "type",
  subtype: "enumMember",
  flag: "modifier",
  number: "number",
  variable: "macro",
};

/** Five numbers a token, as the protocol has it: its place counts from the token before, the character only in one line. */
export function semanticTokensOf(document: TextDocument, tokens: readonly SemanticToken[]): SemanticTokens {
  let before = { line: 0, character: 0 };
  const data = tokens.flatMap(({ kind, span }) => {
    const at = document.positionAt(span.start);
    const lines = at.line - before.line;
    const characters = lines === 0 ? at.character - before.character : at.character;
    before = at;
    return [lines, characters, span.end - span.start, tokenKinds.indexOf(kind), 0];
  });
  return { data };
}
