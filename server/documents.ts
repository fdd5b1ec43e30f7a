import { Emitter, type Event } from "vscode-jsonrpc";
import { TextDocument } from "vscode-languageserver-textdocument";
import { isTableName, MANIFEST_NAME } from "../core/project/fileNames";
import { languageId } from "../protocol/lsp";
import type { Connection } from "./connection";
import { fileNameOf, pathOf } from "./uri";

/** What a document is to the server; all others belong to other extensions. */
export type DocumentKind = "table" | "manifest";

export function kindOf({
  uri,
  languageId: language,
}: Pick<TextDocument, "uri" | "languageId">): DocumentKind | undefined {
  if (language === languageId) return "table";
  const name = fileNameOf(pathOf(uri) ?? "");
  if (name === MANIFEST_NAME) return "manifest";
  return isTableName(name) ? "table" : undefined;
}

export interface OpenDocuments {
  all(): TextDocument[];
  get(uri: string): TextDocument | undefined;
  /** The open document at a path, however the client spells its URI: what is in the editor wins over the disk. */
  at(path: string): TextDocument | undefined;
  /** The document was opened, or its text changed. */
  readonly onChange: Event<TextDocument>;
  readonly onSave: Event<TextDocument>;
  readonly onClose: Event<TextDocument>;
}

/** Keeps the open documents in step with the client. */
export function openDocuments(connection: Pick<Connection, "onNotification">): OpenDocuments {
  const open = new Map<string, TextDocument>();
  const changed = new Emitter<TextDocument>();
  const saved = new Emitter<TextDocument>();
  const closed = new Emitter<TextDocument>();

  connection.onNotification(
    "textDocument/didOpen",
    ({ textDocument: { uri, languageId, version, text } }) => {
      const document = TextDocument.create(uri, languageId, version, text);
      open.set(uri, document);
      changed.fire(document);
    },
  );
  connection.onNotification(
    "textDocument/didChange",
    ({ textDocument: { uri, version }, contentChanges }) => {
      const document = open.get(uri);
      if (document) changed.fire(TextDocument.update(document, contentChanges, version));
    },
  );
  connection.onNotification("textDocument/didSave", ({ textDocument: { uri } }) => {
    const document = open.get(uri);
    if (document) saved.fire(document);
  });
  connection.onNotification("textDocument/didClose", ({ textDocument: { uri } }) => {
    const document = open.get(uri);
    open.delete(uri);
    if (document) closed.fire(document);
  });

  return {
    all: () => [...open.values()],
    get: (uri) => open.get(uri),
    at: (path) => [...open.values()].find(({ uri }) => pathOf(uri) === path),
    onChange: changed.event,
    onSave: saved.event,
    onClose: closed.event,
  };
}
