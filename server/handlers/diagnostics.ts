import type { Diagnostic } from "vscode-languageserver-protocol";
import { afterEachChange } from "../changes";
import { diagnosticOf } from "../convert/diagnostics";
import { type CheckedDocument, check } from "../problems";
import type { Session } from "../session";

/** Diagnostics: pulled where the client pulls, otherwise pushed after each change. */
export function registerDiagnostics(session: Session): void {
  const { connection, safely, client } = session;
  connection.onRequest(
    "textDocument/diagnostic",
    safely("Diagnostics", nothing, async ({ textDocument }) => {
      const checked = await check(session, textDocument.uri);
      return checked ? { ...nothing, items: diagnosticsOf(checked, session) } : nothing;
    }),
  );
  if (!client.pullsDiagnostics) afterEachChange(session, (uri) => publish(session, uri));
}

const nothing = { kind: "full", items: [] as Diagnostic[] } as const;

/** A closed document has none, so its last ones vanish. */
async function publish(session: Session, uri: string): Promise<void> {
  const checked = await check(session, uri);
  const diagnostics = checked ? diagnosticsOf(checked, session) : [];
  const version = checked ? { version: checked.document.version } : {};
  await session.connection.sendNotification("textDocument/publishDiagnostics", {
    uri,
    diagnostics,
    ...version,
  });
}

const diagnosticsOf = ({ document, problems }: CheckedDocument, { client }: Session): Diagnostic[] =>
  problems.map((problem) => diagnosticOf(document, problem, client));
