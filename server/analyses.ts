import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Analysis, analyse } from "../core/analyse";
import type { Facts } from "../core/facts";
import type { SeverityOverrides } from "../core/rules/check";

/** Remembers the last analysis of each document: one per version, facts and settings, however many features ask. */
export function analyses() {
  const last = new WeakMap<TextDocument, Remembered>();
  return (document: TextDocument, facts: Facts, severities: SeverityOverrides): Analysis => {
    const known = last.get(document);
    const isCurrent =
      known?.version === document.version && known.facts === facts && known.severities === severities;
    if (isCurrent) return known.analysis;
    const analysis = analyse(document.getText(), facts, severities);
    last.set(document, { version: document.version, facts, severities, analysis });
    return analysis;
  };
}

interface Remembered {
  readonly version: number;
  readonly facts: Facts;
  readonly severities: SeverityOverrides;
  readonly analysis: Analysis;
}
