import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ClientCapabilities,
  type CodeAction,
  MarkupKind,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { commands } from "../../protocol/commands";
import { editsIn, type LspClient, startLspClient } from "../support/lspClient";

const everything: ClientCapabilities = {
  textDocument: {
    diagnostic: { relatedInformation: true, codeDescriptionSupport: true } as object,
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    hover: { contentFormat: [MarkupKind.Markdown] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true }, diagnostics: { refreshSupport: true } },
};

const table = `# Name, Type, SubType, Offset, Size
nvs, data, nvs, 0x9000, 0x6000
otadata, data, ota, 0xf000, 0x1000
ota_0, app, ota_0, , 0x180000
ota_1, app, ota_1, 0x100000, 0x180000
`;

const files = {
  "partitions.csv": table,
  "sound_partitions.csv": "nvs,data,nvs,,24K\nfactory,app,factory,,1M\n",
};

describe("a client that can do everything", () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await startLspClient({
      capabilities: everything,
      options: { commands: Object.values(commands) },
      files,
    });
  });
  afterAll(() => client.stop());

  const codesOf = async (uri: string): Promise<unknown[]> => (await client.pull(uri)).map(({ code }) => code);

  const actionsAt = (uri: string, line: number, only?: string[]): Promise<CodeAction[]> =>
    client.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: { line, character: 0 }, end: { line, character: 1000 } },
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });

  test("problems come with code, link to the docs and the other partition", async () => {
    const uri = client.open("partitions.csv");
    const diagnostics = await client.pull(uri);
    const overlap = diagnostics.find(({ code }) => code === "overlap");
    expect(overlap).toMatchObject({
      severity: 1,
      source: "Crossflash",
      range: { start: { line: 4, character: 19 } },
      codeDescription: { href: expect.stringMatching(/docs\/rules\.md#overlap$/) },
      relatedInformation: [{ location: { uri, range: { start: { line: 3 } } } }],
    });
    client.close(uri);
  });

  test("a change is answered with what the new text says", async () => {
    const uri = client.open("partitions.csv");
    expect(await codesOf(uri)).toContain("otadata-size");
    client.replace(uri, "0x1000\n", "0x2000\n");
    expect(await codesOf(uri)).not.toContain("otadata-size");
    client.close(uri);
  });

  test("a quick fix mends its problem", async () => {
    const uri = client.open("partitions.csv");
    const [fix] = await actionsAt(uri, 2, ["quickfix"]);
    expect(fix).toMatchObject({ kind: "quickfix", isPreferred: true, title: "Make 'otadata' 0x2000 bytes" });
    expect(fix?.edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: 1 } }]);
    client.apply(uri, editsIn(fix?.edit, uri));
    expect(await codesOf(uri)).not.toContain("otadata-size");
    client.close(uri);
  });

  test("fixing all leaves nothing that is only spelled wrong", async () => {
    const uri = client.open("partitions.csv", "nvs; data; nvs; ; 24K\nfactory,app,factori,,1MB\n");
    const [fixAll] = await actionsAt(uri, 0, ["source.fixAll"]);
    expect(fixAll?.kind).toBe("source.fixAll.crossflash");
    client.apply(uri, editsIn(fixAll?.edit, uri));
    const left = (await client.pull(uri)).filter(({ severity }) => severity === 1);
    expect(left).toEqual([]);
    expect(await actionsAt(uri, 0, ["source.fixAll"])).toEqual([]);
    client.close(uri);
  });

  test("a closed document has no fixes", async () => {
    const uri = client.open("partitions.csv");
    client.close(uri);
    expect(await actionsAt(uri, 0)).toEqual([]);
  });

  test("formatting aligns the columns and changes nothing else", async () => {
    const uri = client.open("sound_partitions.csv");
    const edits: TextEdit[] = await client.connection.sendRequest("textDocument/formatting", {
      textDocument: { uri },
      options: { tabSize: 4, insertSpaces: true },
    });
    client.apply(uri, edits);
    expect(client.text(uri)).toBe("nvs,     data, nvs,     , 24K\nfactory, app,  factory, , 1M\n");
    client.close(uri);
  });

  test("a label is renamed; a name that does not fit is refused with the reason", async () => {
    const uri = client.open("sound_partitions.csv");
    const at = { textDocument: { uri }, position: { line: 0, character: 1 } };
    expect(await client.connection.sendRequest("textDocument/prepareRename", at)).toEqual({
      start: { line: 0, character: 0 },
      end: { line: 0, character: 3 },
    });
    const renameTo = (newName: string): Promise<object> =>
      client.connection.sendRequest("textDocument/rename", { ...at, newName });
    await expect(renameTo("factory")).rejects.toThrow("Another partition is already called 'factory'.");
    client.apply(uri, editsIn(await renameTo("settings"), uri));
    expect(client.text(uri)).toMatch(/^settings,data/);
    client.close(uri);
  });

  test("completion, hover, hints, outline, folding and tokens", async () => {
    const uri = client.open(
      "sound_partitions.csv",
      "# c\nnvs, data, nvs, , 24K\nfactory, app, factory, , 1M\n",
    );
    const ask = (method: string, params: object = {}): Promise<unknown> =>
      client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...params });
    const subtype = { position: { line: 2, character: 14 } };
    expect(await ask("completion", subtype)).toMatchObject([
      { label: "factory", textEdit: { range: { start: { line: 2, character: 14 } }, newText: "factory" } },
      { label: "test" },
      ...Array.from({ length: 16 }, (_, slot) => ({ label: `ota_${slot}` })),
      { label: "tee_0" },
      { label: "tee_1" },
    ]);
    expect(await ask("hover", subtype)).toMatchObject({
      contents: { kind: "markdown", value: expect.stringContaining("| Offset | 0x10000 \\(computed\\) |") },
    });
    const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
    expect(await ask("inlayHint", { range })).toMatchObject([{ label: "0x9000" }, { label: "0x10000" }]);
    expect(await ask("documentSymbol")).toMatchObject([{ name: "nvs" }, { name: "factory" }]);
    expect(await ask("foldingRange")).toEqual([{ startLine: 0, endLine: 2, kind: "region" }]);
    expect(await ask("semanticTokens/full")).toMatchObject({
      data: [0, 0, 3, 0, 0, 1, 0, 3, 1, 0, 0, 5, 4, 2, 0, ...rest],
    });
    client.close(uri);
  });

  const rest = [0, 6, 3, 3, 0, 0, 7, 3, 5, 0, 1, 0, 7, 1, 0, 0, 9, 3, 2, 0, 0, 5, 7, 3, 0, 0, 11, 2, 5, 0];

  test("other CSV files stay with other extensions", async () => {
    const uri = client.open("people.csv", table);
    expect(await client.pull(uri)).toEqual([]);
    const symbols = await client.connection.sendRequest("textDocument/documentSymbol", {
      textDocument: { uri },
    });
    expect(symbols).toEqual([]);
    client.close(uri);
  });

  test("a document without a file is checked by its language", async () => {
    const uri = client.open("untitled:Untitled-1", table, "esp-partitions");
    expect(await codesOf(uri)).toContain("overlap");
    client.close(uri);
  });

  test.each([
    ["a huge file", `nvs, data, nvs, , 24K\n`.repeat(60_000)],
    ["binary garbage", String.fromCharCode(...Array.from({ length: 5000 }, (_, i) => (i * 7919) % 0xffff))],
    ["a single endless line", ",".repeat(1_000_000)],
  ])(
    "%s is answered",
    async (_, text) => {
      const uri = client.open("partitions_odd.csv", text);
      expect((await client.pull(uri)).length).toBeGreaterThan(0);
      const position = { line: 0, character: 3 };
      for (const method of ["hover", "completion", "formatting", "semanticTokens/full", "documentSymbol"])
        await client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position });
      client.close(uri);
    },
    30_000,
  );

  test("nothing of all this was an error", () => {
    expect(client.log).toEqual([]);
  });
});

describe("a client that can do nothing but the bare protocol", () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await startLspClient({ files });
  });
  afterAll(() => client.stop());

  test("diagnostics are pushed, and vanish with the document", async () => {
    const uri = client.open("partitions.csv");
    const first = await client.pushed(uri);
    expect(first.diagnostics.map(({ code }) => code)).toContain("otadata-size");
    expect(first.diagnostics.every((it) => !it.relatedInformation && !it.codeDescription)).toBe(true);
    client.replace(uri, "0x1000\n", "0x2000\n");
    const second = await client.pushed(uri);
    expect(second.version).toBe(2);
    expect(second.diagnostics.map(({ code }) => code)).not.toContain("otadata-size");
    client.close(uri);
    expect((await client.pushed(uri)).diagnostics).toEqual([]);
  });

  test("several changes in a row are answered once, with the last text", async () => {
    const uri = client.open("sound_partitions.csv");
    for (let i = 0; i < 5; i++) client.replace(uri, "24K", "24K");
    let version: number | undefined;
    do version = (await client.pushed(uri)).version;
    while (version !== 6);
    client.close(uri);
    expect((await client.pushed(uri)).diagnostics).toEqual([]);
  });

  test("no command is offered that the client does not have", async () => {
    const uri = client.open("partitions.csv");
    const lenses = await client.connection.sendRequest("textDocument/codeLens", { textDocument: { uri } });
    expect(lenses).toEqual([]);
    client.close(uri);
  });

  test("hovers are plain text, the outline is flat, edits carry no version", async () => {
    const uri = client.open("sound_partitions.csv");
    const at = { textDocument: { uri }, position: { line: 0, character: 1 } };
    expect(await client.connection.sendRequest("textDocument/hover", at)).toMatchObject({
      contents: { kind: "plaintext", value: expect.stringContaining("Offset: 0x9000 (computed)") },
    });
    expect(await client.connection.sendRequest("textDocument/documentSymbol", at)).toMatchObject([
      { name: "nvs", location: { uri } },
      { name: "factory", location: { uri } },
    ]);
    expect(await client.connection.sendRequest("textDocument/rename", { ...at, newName: "x" })).toMatchObject(
      {
        changes: { [uri]: [{ newText: "x" }] },
      },
    );
  });
});

test("the bundle starts without a workspace", async () => {
  const client = await startLspClient({ root: null, files, capabilities: everything });
  const uri = client.open("partitions.csv");
  expect((await client.pull(uri)).length).toBeGreaterThan(0);
  await client.stop();
});

test("a workspace that does not exist is no obstacle", async () => {
  const client = await startLspClient({ root: "nowhere/at/all", files, capabilities: everything });
  const uri = client.open("partitions.csv");
  expect((await client.pull(uri)).length).toBeGreaterThan(0);
  expect(client.log).toEqual([]);
  await client.stop();
});

test("a document that is closed while it is asked about has nothing to say", async () => {
  const client = await startLspClient({ files, capabilities: everything });
  const uri = client.open("partitions.csv");
  const asked = [
    client.pull(uri),
    client.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: { line: 1, character: 1 },
    }),
  ];
  client.close(uri);
  expect(await Promise.all(asked)).toHaveLength(2);
  expect(client.log).toEqual([]);
  await client.stop();
});
