import { afterEach, describe, expect, test } from "vitest";
import type { ClientCapabilities, CodeAction, CodeLens } from "vscode-languageserver-protocol/node";
import { analyse } from "../../core/analyse";
import { writers } from "../../core/export/index";
import { noFacts } from "../../core/facts";
import { commands } from "../../protocol/commands";
import { surroundingsMethod } from "../../protocol/lsp";
import { makeCombined, makeMicroPython } from "../support/imageFixture";
import { type LspClient, type LspSetup, startLspClient } from "../support/lspClient";

const table = `nvs,     data, nvs,   0x9000,   0x5000
otadata, data, ota,   0xe000,   0x2000
ota_0,   app,  ota_0, 0x10000,  0x130000
ota_1,   app,  ota_1, 0x140000, 0x190000
vfs,     data, fat,   0x2d0000, 0x130000
`;

const manifest = (target: object): string =>
  JSON.stringify(
    { chip: "esp32", flashSize: "4MB", target: { table: "partitions.csv", ...target } },
    undefined,
    2,
  );

const pulling: ClientCapabilities = {
  textDocument: {
    diagnostic: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
  workspace: {
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};
const options = { commands: Object.values(commands) };

const headerFor = (csv: string): Uint8Array => {
  const written = writers[0]?.write(analyse(csv, noFacts), {
    csvName: "partitions.csv",
    toolVersion: "test",
  });
  if (!written?.ok) throw new Error("The header could not be made.");
  return written.value.bytes;
};

let client: LspClient;
const start = async (setup: LspSetup): Promise<LspClient> => {
  client = await startLspClient(setup);
  return client;
};
afterEach(async () => {
  // What a handler did wrong stands in the log only; without this a test would just time out.
  const log = [...client.log];
  await client.stop();
  expect(log).toEqual([]);
});

const lensesOf = async (uri: string): Promise<(string | undefined)[]> => {
  const lenses: CodeLens[] = await client.connection.sendRequest("textDocument/codeLens", {
    textDocument: { uri },
  });
  return lenses.map(({ command }) => command?.title);
};

const codesOf = async (uri: string): Promise<unknown[]> => (await client.pull(uri)).map(({ code }) => code);

describe("the lenses above a table", () => {
  test("tell whether the header holds the table, as the text changes", async () => {
    const files = {
      "partitions.csv": table,
      "main/repartition.h": headerFor(table),
      "crossflash.json": manifest({ header: "main/repartition.h" }),
    };
    const { open, replace } = await start({ files, options });
    const uri = open("partitions.csv");
    expect(await lensesOf(uri)).toEqual([
      "Open Flash Layout",
      "Export final_table to main/repartition.h (in sync)",
      "Choose MicroPython Binary…",
    ]);
    replace(uri, "nvs, ", "set, ");
    expect((await lensesOf(uri))[1]).toBe("Export final_table to main/repartition.h (out of date)");
    replace(uri, "0x2000", "0x1000");
    expect((await lensesOf(uri))[1]).toBe("Export final_table (1 error to fix first)");
  });

  test("tell how the binary fits", async () => {
    const files = {
      "partitions.csv": table,
      "fw/micropython.bin": makeMicroPython({ size: 0x180000 }),
      "crossflash.json": manifest({ micropython: "fw/micropython.bin", header: "repartition.h" }),
    };
    const { open, replace } = await start({ files, options });
    const uri = open("partitions.csv");
    const [, exporting, choosing] = await lensesOf(uri);
    expect(exporting).toBe("Export final_table to repartition.h (new file)");
    expect(choosing).toMatch(/^MicroPython v[\d.]+: fits ota_1, 64 KB free$/);
    replace(uri, "0x190000", "0x170000");
    expect((await lensesOf(uri))[2]).toMatch(/: 64 KB too large for ota_1$/);
  });

  test("only open the layout above the source table, which nobody exports", async () => {
    const files = {
      "old_partitions.csv": table,
      "partitions.csv": table,
      "crossflash.json": JSON.stringify({
        source: { table: "old_partitions.csv" },
        target: { table: "partitions.csv" },
      }),
    };
    const { open } = await start({ files, options });
    expect(await lensesOf(open("old_partitions.csv"))).toEqual(["Open Flash Layout"]);
  });
});

describe("the facts of the project", () => {
  const withBinary = (size: number) => ({
    "partitions.csv": table,
    "micropython.bin": makeMicroPython({ size }),
    "crossflash.json": manifest({ micropython: "micropython.bin" }),
  });

  test("a status item is told what it has to show, once per change", async () => {
    await start({ files: withBinary(0x180000), options: { ...options, surroundings: true } });
    const uri = client.open("partitions.csv");
    expect(await client.next(surroundingsMethod)).toMatchObject({
      uri,
      version: 1,
      role: "target",
      manifestUri: client.uriOf("crossflash.json"),
      micropython: { name: "micropython.bin", fits: true, fit: "fits ota_1, 64 KB free" },
      errors: 0,
    });
    client.replace(uri, "nvs, ", "set, ");
    client.replace(uri, "0x190000", "0x170000");
    expect(await client.next(surroundingsMethod)).toMatchObject({ version: 3, micropython: { fits: false } });
  });

  test("a watched file that changed makes the client ask again", async () => {
    await start({ capabilities: pulling, files: withBinary(0x180000) });
    expect(await client.next("client/registerCapability")).toMatchObject({
      registrations: [{ method: "workspace/didChangeWatchedFiles" }],
    });
    const uri = client.open("partitions.csv");
    expect(await codesOf(uri)).not.toContain("micropython-fit");
    client.write("micropython.bin", makeMicroPython({ size: 0x1a0000 }));
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: client.uriOf("micropython.bin"), type: 2 }],
    });
    await client.next("workspace/diagnostic/refresh");
    expect(await codesOf(uri)).toContain("micropython-fit");
  });

  test("without watched files, saving anything makes the server look again", async () => {
    await start({ files: withBinary(0x180000) });
    const uri = client.open("partitions.csv");
    const codes = async () => (await client.pushed(uri)).diagnostics.map(({ code }) => code);
    expect(await codes()).not.toContain("micropython-fit");
    client.write("micropython.bin", makeMicroPython({ size: 0x1a0000 }));
    client.save(uri);
    expect(await codes()).toContain("micropython-fit");
  });

  test("a manifest that is not saved yet counts", async () => {
    await start({ capabilities: pulling, files: withBinary(0x180000) });
    const uri = client.open("partitions.csv");
    expect(await codesOf(uri)).not.toContain("flash-size");
    const json = client.open("crossflash.json");
    client.replace(json, "4MB", "2MB");
    await client.next("workspace/diagnostic/refresh");
    expect(await codesOf(uri)).toContain("flash-size");
    client.close(json);
    expect(await codesOf(uri)).not.toContain("flash-size");
  });

  test("a folder that is added to the workspace brings its manifest", async () => {
    const files = {
      "app/partitions.csv": table,
      "crossflash.json": JSON.stringify({ flashSize: "2MB", target: { table: "app/partitions.csv" } }),
    };
    const capabilities = { ...pulling, workspace: { ...pulling.workspace, workspaceFolders: true } };
    await start({ capabilities, files, root: "app" });
    const uri = client.open("app/partitions.csv");
    expect(await codesOf(uri)).not.toContain("flash-size");
    client.connection.onRequest("workspace/workspaceFolders", () => [
      { uri: client.uriOf("."), name: "all" },
    ]);
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [{ uri: client.uriOf("."), name: "all" }], removed: [] },
    });
    await client.next("workspace/diagnostic/refresh");
    expect(await codesOf(uri)).toContain("flash-size");
  });

  test("a combined file is refused, with the command that extracts its app", async () => {
    const files = { ...withBinary(0x180000), "micropython.bin": makeCombined() };
    await start({ capabilities: pulling, options, files });
    const uri = client.open("partitions.csv");
    const problem = (await client.pull(uri)).find(({ code }) => code === "micropython-combined");
    const actions: CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: problem?.range,
      context: { diagnostics: [problem], only: ["quickfix"] },
    });
    expect(actions.map(({ command }) => command)).toContainEqual(
      expect.objectContaining({ command: commands.extractApp, arguments: [{ uri }] }),
    );
    expect(actions[0]?.diagnostics).toEqual([problem]);
  });
});

describe("settings", () => {
  const files = { "partitions.csv": table.replace("0x2000", "0x1000") };
  const severitiesOf = async (uri: string) =>
    (await client.pull(uri)).filter(({ code }) => code === "otadata-size").map(({ severity }) => severity);

  test("of a client that answers questions about them", async () => {
    let rules: object = { "otadata-size": "warning" };
    const capabilities = { ...pulling, workspace: { ...pulling.workspace, configuration: true } };
    await start({ capabilities, files, settings: () => ({ rules }) });
    const uri = client.open("partitions.csv");
    expect(await severitiesOf(uri)).toEqual([2]);
    rules = { "otadata-size": "off" };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    expect(await severitiesOf(uri)).toEqual([]);
  });

  test("of a client that only sends them", async () => {
    const settings = { rules: { "otadata-size": "information", "no-such-rule": 7 } };
    await start({ capabilities: pulling, files, options: { settings } });
    const uri = client.open("partitions.csv");
    expect(await severitiesOf(uri)).toEqual([3]);
    await client.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { crossflash: { rules: { "otadata-size": "error" } } },
    });
    expect(await severitiesOf(uri)).toEqual([1]);
  });
});
