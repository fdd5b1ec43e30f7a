import type * as lsp from "vscode-languageserver-protocol";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Related, Severity } from "../../core/rules/rule";
import type { Span } from "../../core/text/span";
import { ruleDocs } from "../../protocol/ruleDocs";
import type { ClientFeatures } from "../clientFeatures";
import { DiagnosticSeverity } from "./kinds";
import { rangeOf } from "./text";

const severities: Readonly<Record<Severity, lsp.DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** A problem of a table, or one of the manifest, which belongs to no rule of tables. */
interface Found {
  readonly id: string;
  readonly severity: Severity;
  readonly at: Span;
  readonly message: string;
  readonly related?: readonly Related[];
}

export function diagnosticOf(document: TextDocument, problem: Found, client: ClientFeatures): lsp.Diagnostic {
  const related = client.relatedInformation ? (problem.related ?? []) : [];
  return {
    range: rangeOf(document, problem.at),
    severity: severities[problem.severity],
    source: "Crossflash",
    code: problem.id,
    message: problem.message,
    ...(client.codeDescription ? { codeDescription: { href: ruleDocs(problem.id) } } : {}),
    ...(related.length > 0
      ? {
          relatedInformation: related.map(({ at, message }) => ({
            location: { uri: document.uri, range: rangeOf(document, at) },
            message,
          })),
        }
      : {}),
  };
}
