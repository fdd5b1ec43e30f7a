import { fitOf } from "../../core/language/fit";
import { type MicroPythonStatus, type SurroundingsParams, surroundingsMethod } from "../../protocol/lsp";
import { afterEachChange } from "../changes";
import { headerOf } from "../header";
import type { OpenTable, Session } from "../session";
import { uriBeside } from "../uri";

/** Tells a client that asked for it what stands around each open table, whenever that changed. */
export function registerSurroundings(session: Session): void {
  const { client, connection, documents, table } = session;
  if (!client.wantsSurroundings) return;
  const told = new Map<string, string>();
  documents.onClose(({ uri }) => told.delete(uri));
  afterEachChange(session, async (uri) => {
    const open = await table(uri);
    if (!open) return;
    const params = await surroundingsParams(session, open);
    const { version: _, ...content } = params;
    const text = JSON.stringify(content);
    if (told.get(uri) === text) return;
    told.set(uri, text);
    await connection.sendNotification(surroundingsMethod, params);
  });
}

async function surroundingsParams(session: Session, open: OpenTable): Promise<SurroundingsParams> {
  const { document, surroundings, analysis } = open;
  const { uri, version } = document;
  const { role, manifestPath } = surroundings;
  const header = await headerOf(session, open);
  return {
    uri,
    version,
    role,
    manifestUri: manifestPath === undefined ? undefined : uriBeside(uri, manifestPath),
    micropython: micropythonStatus(open),
    header: header && { uri: header.uri, state: header.state },
    errors: analysis.problems.filter(({ severity }) => severity === "error").length,
  };
}

function micropythonStatus({ document, surroundings, analysis }: OpenTable): MicroPythonStatus | undefined {
  const binary = analysis.facts.micropython;
  if (!binary) return undefined;
  const { fits, phrase } = fitOf(analysis, binary);
  const path = surroundings.micropythonPath;
  return {
    uri: path === undefined ? undefined : uriBeside(document.uri, path),
    name: binary.name,
    title: binary.title || binary.name,
    fit: phrase,
    fits,
  };
}
