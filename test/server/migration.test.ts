import { afterEach, expect, test } from "vitest";
import type { ClientCapabilities, CodeAction } from "vscode-languageserver-protocol/node";
import { analyse } from "../../core/analyse";
import { headerWriter } from "../../core/export/index";
import { noFacts } from "../../core/facts";
import { commands } from "../../protocol/commands";
import { type LspClient, startLspClient } from "../support/lspClient";

const source = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x180000
app1, app, ota_1, 0x190000, 0x180000
`;
const target = `${source}vfs, data, fat, 0x310000, 0xf0000\n`;

const headerFor = (csv: string): Uint8Array => {
  const context = { csvName: "partitions.csv", toolVersion: "test" };
  const written = headerWriter.write(analyse(csv, noFacts), context);
  if (!written.ok) throw new Error(written.message);
  return written.value.bytes;
};

const files = {
  "partitions.csv": target,
  "field/partitions.csv": source,
  "main/repartition.h": headerFor(target),
  sdkconfig: "CONFIG_SPI_FLASH_DANGEROUS_WRITE_ALLOWED=y\n",
  "crossflash.json": JSON.stringify({
    flashSize: "4MB",
    source: { table: "field/partitions.csv" },
    target: { table: "partitions.csv", header: "main/repartition.h" },
  }),
};

const capabilities: ClientCapabilities = {
  textDocument: {
    diagnostic: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
  workspace: {
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

let client: LspClient;
afterEach(() => client.stop());

/** Opens the target table, about which there is nothing to say. */
async function openTarget(): Promise<string> {
  client = await startLspClient({ capabilities, files, options: { commands: Object.values(commands) } });
  const uri = client.open("partitions.csv");
  expect(await codesOf(uri)).toEqual([]);
  return uri;
}

const codesOf = async (uri: string): Promise<unknown[]> => (await client.pull(uri)).map(({ code }) => code);

/** Writes a file beside the table, as something else than the editor does. */
async function changeBeside(name: keyof typeof files, content: string | Uint8Array): Promise<void> {
  client.write(name, content);
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: client.uriOf(name), type: 2 }],
  });
  await client.next("workspace/diagnostic/refresh");
}

test("what the target table does to the devices is told as it is typed", async () => {
  const uri = await openTarget();
  client.replace(uri, "0x9000, 0x5000", "0x9000, 0x4000");
  expect(await codesOf(uri)).toContain("migration-nvs-moves");
});

test("a source table that is changed in the editor counts at once, and is itself never told", async () => {
  const uri = await openTarget();
  const field = client.open("field/partitions.csv");
  client.replace(field, "app0, app, ota_0, 0x10000, 0x180000", "app0, app, ota_0, 0x20000, 0x170000");
  await client.next("workspace/diagnostic/refresh");
  expect(await codesOf(uri)).toContain("migration-running-slot-moves");
  expect((await codesOf(field)).filter((code) => String(code).startsWith("migration-"))).toEqual([]);
});

test("an sdkconfig that was generated anew is read again", async () => {
  const uri = await openTarget();
  await changeBeside("sdkconfig", "CONFIG_SPI_FLASH_DANGEROUS_WRITE_ABORTS=y\n");
  expect(await codesOf(uri)).toEqual(["sdkconfig-dangerous-write"]);
});

test("a header that holds another table is told, with the command that exports again", async () => {
  const uri = await openTarget();
  await changeBeside("main/repartition.h", headerFor(source));
  const [problem] = await client.pull(uri);
  expect(problem?.code).toBe("header-out-of-date");
  const actions: CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: problem?.range,
    context: { diagnostics: [problem], only: ["quickfix"] },
  });
  expect(actions).toMatchObject([
    { diagnostics: [problem], command: { command: commands.exportHeader, arguments: [{ uri }] } },
  ]);
});
