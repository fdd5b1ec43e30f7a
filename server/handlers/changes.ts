import { format } from "../../core/language/format";
import { labelAt, rename } from "../../core/language/rename";
import { editsOf, rangeOf, spanOf, workspaceEditOf } from "../convert/text";
import { refusal } from "../safe";
import type { Session } from "../session";

/** What changes the text on request: formatting and rename. */
export function registerChanges({ connection, safely, client, table }: Session): void {
  connection.onRequest(
    "textDocument/formatting",
    safely("Formatting", [], async ({ textDocument }) => {
      const open = await table(textDocument.uri);
      return open ? editsOf(open.document, format(open.analysis)) : [];
    }),
  );
  connection.onRequest(
    "textDocument/rangeFormatting",
    safely("Range formatting", [], async ({ textDocument, range }) => {
      const open = await table(textDocument.uri);
      return open ? editsOf(open.document, format(open.analysis, spanOf(open.document, range))) : [];
    }),
  );
  connection.onRequest(
    "textDocument/prepareRename",
    safely("Rename", null, async ({ textDocument, position }) => {
      const open = await table(textDocument.uri);
      const label = open && labelAt(open.analysis, open.document.offsetAt(position));
      return label ? rangeOf(open.document, label) : null;
    }),
  );
  connection.onRequest(
    "textDocument/rename",
    safely("Rename", null, async ({ textDocument, position, newName }) => {
      const open = await table(textDocument.uri);
      if (!open) return null;
      const renamed = rename(open.analysis, open.document.offsetAt(position), newName);
      if (!renamed.ok) throw refusal(renamed.message);
      return workspaceEditOf(open.document, renamed.value, client);
    }),
  );
}
