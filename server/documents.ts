import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { languageId } from "../protocol/lsp";
import { fileNameOf, pathOf } from "./uri";

/** What a document is to the server; all others belong to other extensions. */
export type DocumentKind = "table" | "manifest";

export const manifestName = "crossflash.json";

export function kindOf({
  uri,
  languageId: language,
}: Pick<TextDocument, "uri" | "languageId">): DocumentKind | undefined {
  if (language === languageId) return "table";
  const name = fileNameOf(pathOf(uri) ?? "");
  if (name === manifestName) return "manifest";
  return /^partitions.*\.csv$|partitions\.csv$/i.test(name) ? "table" : undefined;
}

export interface OpenDocuments {
  readonly sync: TextDocuments<TextDocument>;
  all(): TextDocument[];
  /** The open document at a path, however the client spells its URI: what is in the editor wins over the disk. */
  at(path: string): TextDocument | undefined;
}

export function openDocuments(): OpenDocuments {
  const sync = new TextDocuments(TextDocument);
  return {
    sync,
    all: () => sync.all(),
    at: (path) => sync.all().find(({ uri }) => pathOf(uri) === path),
  };
}
