import { afterEach, expect, test } from "vitest";
import {
  type CodeAction,
  type CompletionItem,
  type Hover,
  MarkupContent,
} from "vscode-languageserver-protocol/node";
import { commands } from "../../protocol/commands";
import { makeBootloader, makeCombined, makeMicroPython } from "../support/imageFixture";
import { editsIn, type LspClient, startLspClient } from "../support/lspClient";

const capabilities = {
  textDocument: {
    diagnostic: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
};
const files = {
  "partitions.csv": "nvs, data, nvs, , 24K\n",
  "fw/micropython.bin": makeMicroPython(),
  "fw/bootloader.bin": makeBootloader({ idfVersion: "v5.4.1", flashSize: "2MB" }),
  "fw/notes.txt": "",
  "fw/old/combined.bin": makeCombined(),
  "main/repartition.h": "",
};

let client: LspClient;
const start = async (): Promise<void> => {
  client = await startLspClient({ capabilities, files, options: { commands: Object.values(commands) } });
};
afterEach(async () => {
  // What a handler did wrong stands in the log only; without this a test would just time out.
  const log = [...client.log];
  await client.stop();
  expect(log).toEqual([]);
});

const openManifest = (text: string): string => client.open("crossflash.json", text);

const problemsOf = async (text: string): Promise<string[]> => {
  const uri = openManifest(text);
  const diagnostics = await client.pull(uri);
  client.close(uri);
  return diagnostics.map(
    ({ code, range: { start, end } }) => `${code} ${text.slice(start.character, end.character)}`,
  );
};

/** Labels at `$0`, and the text after the first is accepted. */
const completed = async (marked: string): Promise<{ labels: string[]; text: string }> => {
  const uri = openManifest(marked.replace("$0", ""));
  const items: CompletionItem[] = await client.connection.sendRequest("textDocument/completion", {
    textDocument: { uri },
    position: { line: 0, character: marked.indexOf("$0") },
  });
  const edit = items[0]?.textEdit;
  if (edit && "range" in edit) client.apply(uri, [edit]);
  const text = client.text(uri);
  client.close(uri);
  return { labels: items.map(({ label }) => label), text };
};

test("paths that lead nowhere, out of the workspace, or to the wrong file", async () => {
  await start();
  expect(
    await problemsOf('{ "target": { "table": "partitions.csv", "micropython": "fw/micropython.bin" } }'),
  ).toEqual([]);
  expect(await problemsOf('{ "target": { "table": "no.csv", "header": "new.h" } }')).toEqual([
    'manifest-file "no.csv"',
  ]);
  expect(await problemsOf('{ "source": { "table": "../out.csv" } }')).toEqual(['manifest-path "../out.csv"']);
  expect(await problemsOf('{ "target": { "micropython": "main/repartition.h" } }')).toEqual([
    'manifest-image "main/repartition.h"',
  ]);
  expect(await problemsOf('{ "chip": "esp33" }')).toEqual(['manifest-value "esp33"']);
  expect(await problemsOf("{ nonsense")).toHaveLength(1);
});

test("paths are completed folder by folder, with files of the right kind", async () => {
  await start();
  expect(await completed('{ "target": { "micropython": "$0" } }')).toEqual({
    labels: ["fw/", "main/"],
    text: '{ "target": { "micropython": "fw/" } }',
  });
  expect(await completed('{ "target": { "micropython": "fw/mi$0xx.bin" } }')).toEqual({
    labels: ["bootloader.bin", "micropython.bin", "old/"],
    text: '{ "target": { "micropython": "fw/bootloader.bin" } }',
  });
  expect((await completed('{ "target": { "table": "$0" } }')).labels).toEqual([
    "partitions.csv",
    "fw/",
    "main/",
  ]);
  expect((await completed('{ "target": { "table": "../$0" } }')).labels).toEqual([]);
  expect((await completed('{ "chip": "$0" }')).labels).toEqual([]);
  expect((await completed('{ "target": { "tab$0le": "" } }')).labels).toEqual([]);
  expect((await completed('{ "target": { "table": "$0')).labels).toEqual(["partitions.csv", "fw/", "main/"]);
});

const hovered = async (text: string, at: string): Promise<string> => {
  const uri = openManifest(text);
  const hover: Hover | null = await client.connection.sendRequest("textDocument/hover", {
    textDocument: { uri },
    position: { line: 0, character: text.indexOf(at) },
  });
  client.close(uri);
  return MarkupContent.is(hover?.contents) ? hover.contents.value : "";
};

test("hovering over a file tells what was read from it", async () => {
  await start();
  const cases: readonly (readonly [group: string, key: string, file: string, told: RegExp])[] = [
    [
      "target",
      "micropython",
      "fw/micropython.bin",
      /^MicroPython v[\d.]+\nAn app image[\s\S]*Chip: ESP32\nFlash: 4MB\nESP-IDF: v5\.0\.4/,
    ],
    [
      "target",
      "micropython",
      "fw/bootloader.bin",
      /^fw\/bootloader\.bin\nThe file is a bootloader, not an app\./,
    ],
    [
      "bootloader",
      "image",
      "fw/bootloader.bin",
      /^Bootloader of ESP-IDF v5\.4\.1\nIt stays on the devices[\s\S]*Chip: ESP32\nFlash: 2MB/,
    ],
    [
      "bootloader",
      "image",
      "fw/old/combined.bin",
      /^Bootloader of ESP-IDF before v5\.2\n[\s\S]*Partition table: at 0x8000\nChip: ESP32/,
    ],
    [
      "target",
      "table",
      "partitions.csv",
      /^partitions\.csv\nA partition table[\s\S]*Partitions: 1: nvs\nEnd: 0xf000, 60 KB/,
    ],
    ["target", "header", "main/repartition.h", /^$/],
    ["target", "table", "none.csv", /^$/],
  ];
  for (const [group, key, file, told] of cases)
    expect(await hovered(`{ "${group}": { "${key}": "${file}" } }`, file)).toMatch(told);
});

test("fixes: text where text helps, commands where only the editor can", async () => {
  await start();
  const text = '{ "chip": "ESP32", "target": { "micropython": "fw/old/combined.bin" } }';
  const uri = openManifest(text);
  const diagnostics = await client.pull(uri);
  const actions: CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: text.length } },
    context: { diagnostics },
  });
  expect(actions.map(({ command }) => command?.command)).toContain(commands.extractApp);
  client.apply(uri, editsIn(actions.find(({ edit }) => edit)?.edit, uri));
  expect(client.text(uri)).toContain('"chip": "esp32"');
});

test("a manifest without a file has no paths to check", async () => {
  await start();
  const uri = client.open("untitled:crossflash.json", '{ "target": { "table": "no.csv" } }');
  expect(await client.pull(uri)).toEqual([]);
});
