import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type StarNotificationHandler,
  type StarRequestHandler,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { InitializationOptions } from "../../protocol/lsp";

/** A language client for tests: the real server in a process of its own, real files in a folder of their own. */
export interface LspClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** What the server wrote to the log. */
  readonly log: readonly string[];
  uriOf(name: string): string;
  write(name: string, content: string | Uint8Array): void;
  remove(name: string): void;
  /** Opens a document with the content of the file, or the one given, and gives its URI. */
  open(name: string, text?: string, languageId?: string): string;
  /** Replaces the first occurrence of a text by another, as one incremental change. */
  replace(uri: string, old: string, by: string): void;
  apply(uri: string, edits: readonly TextEdit[]): void;
  text(uri: string): string;
  save(uri: string): void;
  close(uri: string): void;
  pull(uri: string): Promise<Diagnostic[]>;
  /** The next pushed diagnostics of the document, or the first of those that came since the last call. */
  pushed(uri: string): Promise<PublishDiagnosticsParams>;
  /** The parameters of the next notification or request of the server with this method. */
  next(method: string): Promise<unknown>;
  stop(): Promise<void>;
}

export interface LspSetup {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly capabilities?: ClientCapabilities;
  readonly options?: InitializationOptions;
  /** The settings below `crossflash`, for a client that answers questions about them. */
  readonly settings?: () => unknown;
  /** Folder below the test's own that is opened as the workspace; none with `null`. */
  readonly root?: string | null;
}

export async function startLspClient(setup: LspSetup = {}): Promise<LspClient> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "crossflash-lsp-")));
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (const [name, content] of Object.entries(setup.files ?? {})) write(name, content);

  const child = spawn(process.execPath, [await serverBundle(), "--stdio"], { stdio: "pipe" });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const log: string[] = [];
  child.stderr.on("data", (data) => log.push(String(data)));
  const arrivals = mailbox();
  const onAnyNotification: StarNotificationHandler = (method, params) => {
    if (method === "window/logMessage") log.push((params as { message: string }).message);
    arrivals.add(method, params);
  };
  const onAnyRequest: StarRequestHandler = (method, params) => {
    arrivals.add(method, params);
    const { items = [] } = params as { items?: unknown[] };
    return method === "workspace/configuration" ? items.map(() => setup.settings?.() ?? null) : null;
  };
  // The protocol's connection hides these two; the one below has them.
  const any = connection as unknown as {
    onNotification(handler: StarNotificationHandler): void;
    onRequest(handler: StarRequestHandler): void;
  };
  any.onNotification(onAnyNotification);
  any.onRequest(onAnyRequest);
  connection.listen();

  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  const rootUri = setup.root === null ? null : uriOf(setup.root ?? ".");
  const initialized: InitializeResult = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri,
    capabilities: setup.capabilities ?? {},
    initializationOptions: setup.options,
  });
  await connection.sendNotification("initialized", {});
  const documents = syncedDocuments(connection);

  return {
    connection,
    initialized,
    log,
    uriOf,
    write,
    remove: (name) => rmSync(join(folder, name)),
    ...documents,
    open: (name, text, languageId = name.endsWith(".json") ? "jsonc" : "plaintext") => {
      const content = text ?? setup.files?.[name];
      if (typeof content !== "string") throw new Error(`No text for ${name}.`);
      return documents.openText(name.includes(":") ? name : uriOf(name), languageId, content);
    },
    async pull(uri) {
      const report: { items: Diagnostic[] } = await connection.sendRequest("textDocument/diagnostic", {
        textDocument: { uri },
      });
      return report.items;
    },
    pushed: (uri) =>
      arrivals.take(
        "textDocument/publishDiagnostics",
        (params) => (params as PublishDiagnosticsParams).uri === uri,
      ) as Promise<PublishDiagnosticsParams>,
    next: (method) => arrivals.take(method, () => true),
    async stop() {
      await connection.sendRequest("shutdown");
      const gone = exited(child);
      await connection.sendNotification("exit");
      await gone;
      connection.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

const exited = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once("exit", resolve));

/** Everything that arrived, until somebody takes it. */
function mailbox() {
  const letters: { method: string; params: unknown }[] = [];
  const waiting: {
    wants: (method: string, params: unknown) => boolean;
    resolve: (params: unknown) => void;
  }[] = [];
  return {
    add(method: string, params: unknown): void {
      const index = waiting.findIndex(({ wants }) => wants(method, params));
      if (index === -1) letters.push({ method, params });
      else waiting.splice(index, 1)[0]?.resolve(params);
    },
    take(wanted: string, isWanted: (params: unknown) => boolean): Promise<unknown> {
      const wants = (method: string, params: unknown): boolean => method === wanted && isWanted(params);
      const index = letters.findIndex(({ method, params }) => wants(method, params));
      if (index !== -1) return Promise.resolve(letters.splice(index, 1)[0]?.params);
      return new Promise((resolve) => waiting.push({ wants, resolve }));
    },
  };
}

/** The client's side of the documents, kept in step with the server's. */
function syncedDocuments(connection: ProtocolConnection) {
  const documents = new Map<string, TextDocument>();
  const documentOf = (uri: string): TextDocument => {
    const document = documents.get(uri);
    if (!document) throw new Error(`${uri} is not open.`);
    return document;
  };
  const change = (uri: string, edits: readonly TextEdit[]): void => {
    const document = documentOf(uri);
    // From the last to the first, so that each range is right when it is applied.
    const contentChanges = [...edits]
      .sort((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))
      .map(({ range, newText: text }) => ({ range, text }));
    const version = document.version + 1;
    TextDocument.update(document, contentChanges, version);
    void connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
  };
  return {
    openText(uri: string, languageId: string, text: string): string {
      documents.set(uri, TextDocument.create(uri, languageId, 1, text));
      void connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId, version: 1, text },
      });
      return uri;
    },
    replace(uri: string, old: string, by: string): void {
      const document = documentOf(uri);
      const at = document.getText().indexOf(old);
      if (at === -1) throw new Error(`No '${old}' in ${uri}.`);
      const range = { start: document.positionAt(at), end: document.positionAt(at + old.length) };
      change(uri, [{ range, newText: by }]);
    },
    apply: change,
    text: (uri: string) => documentOf(uri).getText(),
    save: (uri: string) =>
      void connection.sendNotification("textDocument/didSave", { textDocument: { uri } }),
    close(uri: string): void {
      documents.delete(uri);
      void connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    },
  };
}

/** The edits of one document in either form of a workspace edit. */
export function editsIn(edit: WorkspaceEdit | null | undefined, uri: string): TextEdit[] {
  const versioned = edit?.documentChanges?.flatMap((change) =>
    "edits" in change && change.textDocument.uri === uri ? change.edits : [],
  );
  return [...(edit?.changes?.[uri] ?? []), ...((versioned ?? []) as TextEdit[])];
}

/** Built once, with what is in the working tree. */
let bundle: Promise<string> | undefined;
export function serverBundle(): Promise<string> {
  bundle ??= buildServer();
  return bundle;
}

async function buildServer(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), "crossflash-server-")), "main.js");
  await build({
    entryPoints: ["server/node/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  return outfile;
}
