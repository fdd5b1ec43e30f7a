import type { Hover as LspHover, MarkupContent } from "vscode-languageserver-protocol";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Hover } from "../../core/language/hover";
import type { ClientFeatures } from "../clientFeatures";
import { rangeOf } from "./text";

export const hoverOf = (document: TextDocument, hover: Hover, client: ClientFeatures): LspHover => ({
  contents: client.markdownHovers ? markdown(hover) : plain(hover),
  range: rangeOf(document, hover.span),
});

function markdown({ title, text, facts }: Hover): MarkupContent {
  const rows = facts.map(([label, value]) => `| ${escaped(label)} | ${escaped(value)} |`);
  const table = rows.length > 0 ? ["| | |\n|:--|:--|", ...rows].join("\n") : "";
  const parts = [`**${escaped(title)}**`, text, table];
  return { kind: "markdown", value: parts.filter(Boolean).join("\n\n") };
}

function plain({ title, text, facts }: Hover): MarkupContent {
  const rows = facts.map(([label, value]) => `${label}: ${value}`);
  return { kind: "plaintext", value: [title, text, ...rows].filter(Boolean).join("\n") };
}

/** Names come from the user's file and must not become formatting or links. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~]/g, "\\$&");
