import type { TextDocument } from "vscode-languageserver-textdocument";
import type { ManifestProblem } from "../core/project/manifestProblem";
import type { Problem } from "../core/rules/rule";
import { problemsOf } from "./manifest/features";
import type { OpenTable, Session } from "./session";

/** An open document of ours and what is wrong with it. */
export interface CheckedDocument {
  readonly document: TextDocument;
  readonly problems: readonly (Problem | ManifestProblem)[];
  /** The table, where the document is one. */
  readonly table?: OpenTable;
}

/** Undefined for documents that are neither table nor manifest, or are closed. */
export async function check(session: Session, uri: string): Promise<CheckedDocument | undefined> {
  const table = await session.table(uri);
  if (table) return { document: table.document, problems: table.analysis.problems, table };
  const manifest = session.manifest(uri);
  return manifest && { document: manifest.document, problems: await problemsOf(manifest) };
}
