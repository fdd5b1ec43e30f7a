import { type SemanticTokens, SemanticTokensBuilder, SemanticTokenTypes } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type SemanticToken, type TokenKind, tokenKinds } from "../../core/language/semanticTokens";

/** The protocol's own types, because every theme has a colour for them. */
export const tokenTypes: Readonly<Record<TokenKind, SemanticTokenTypes>> = {
  comment: SemanticTokenTypes.comment,
  label: SemanticTokenTypes.variable,
  type: SemanticTokenTypes.type,
  subtype: SemanticTokenTypes.enumMember,
  flag: SemanticTokenTypes.modifier,
  number: SemanticTokenTypes.number,
  variable: SemanticTokenTypes.macro,
};

export function semanticTokensOf(document: TextDocument, tokens: readonly SemanticToken[]): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { kind, span } of tokens) {
    const { line, character } = document.positionAt(span.start);
    builder.push(line, character, span.end - span.start, tokenKinds.indexOf(kind), 0);
  }
  return builder.build();
}
