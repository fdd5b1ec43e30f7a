import { analyse } from "../../core/analyse";
import { writers } from "../../core/export/index";
import { noFacts } from "../../core/facts";
import { makeCombined, makeMicroPython, micropythonTexts } from "../support/imageFixture";
import { eventually, expect, test, type Window } from "./support/test";

const WORKSPACE = "test/fixtures/workspaces/migration";
const HEADER = "main/repartition.h";

/** The size of MicroPython 1.14 in the published procedure: it fits ota_1 and not ota_0. */
const micropython = makeMicroPython({ size: 1_464_336, texts: micropythonTexts("v1.14") });

/** Binaries are made, not kept in the repository. */
async function addBinaries({ workspace }: Window): Promise<void> {
  await workspace.write("micropython.bin", micropython);
  await workspace.write("download.bin", makeCombined({ apps: { factory: micropython } }));
  await workspace.write("notes.bin", "no image at all");
}

test("from the first squiggle to the exported header, and back", async ({ openFolder }) => {
  const window = await openFolder(WORKSPACE, { file: "partitions.csv" });
  const { editor, language, problems, quickInput, messages, workspace } = window;
  await addBinaries(window);
  const before = await workspace.bytes(HEADER);

  await eventually(() => language.squiggles("error")).toBe(1);
  const [problem] = await problems.rows();
  expect(problem).toMatchObject({ severity: "error", code: "otadata-size", line: 4 });
  expect(problem?.message).toContain("must be 0x2000 bytes");

  await language.clickLens("Export final_table");
  await eventually(messages.notifications).toContainEqual(expect.stringContaining("so nothing was exported"));
  expect(await workspace.bytes(HEADER)).toEqual(before);

  await language.fix(4, 38, "Make 'otadata' 0x2000 bytes");
  await eventually(() => language.squiggles("error")).toBe(0);
  expect(await editor.text()).toContain("otadata,  data, ota,     0xe000,   0x2000,");
  await editor.undo();
  await eventually(() => language.squiggles("error")).toBe(1);
  await editor.redo();
  await eventually(() => language.squiggles("error")).toBe(0);

  await quickInput.run("Crossflash: Choose MicroPython Binary…");
  await eventually(quickInput.choices).toContainEqual(expect.stringContaining("MicroPython v1.14"));
  await eventually(async () => (await quickInput.choices()).join("\n")).toContain("notes.bin");
  await quickInput.pick("micropython.bin");
  await eventually(() => workspace.text("crossflash.json")).toContain('"micropython": "micropython.bin"');
  expect(await workspace.text("crossflash.json")).toContain("// What the devices are.");
  await eventually(messages.statusBar).toContainEqual(expect.stringContaining("MicroPython v1.14"));

  await language.clickLens("Export final_table");
  const exported = await exportOf(await editor.text(), before);
  await eventually(async () => (await workspace.bytes(HEADER)).equals(exported)).toBe(true);
  await eventually(async () => (await language.lenses()).join("\n")).toContain("in sync");

  const [, kept] = before.toString("latin1").split("};");
  expect(exported.toString("latin1").split("};")[1]).toBe(kept);
  expect([...window.externalHosts]).toEqual([]);
  await eventually(window.connections).toEqual([]);
});

/** What the core's writer makes of these two: the editor must write these bytes and no others. */
async function exportOf(text: string, existing: Uint8Array): Promise<Buffer> {
  const analysis = analyse(text, { ...noFacts, flashSize: 4 * 1024 * 1024 });
  const header = writers.find(({ id }) => id === "header");
  const written = header?.write(analysis, { csvName: "partitions.csv", toolVersion: "0.1.0", existing });
  if (!written?.ok) throw new Error(written?.message);
  return Buffer.from(written.value.bytes);
}

test("a combined image is recognised, and its app extracted", async ({ openFolder }) => {
  const window = await openFolder(WORKSPACE, { file: "partitions.csv" });
  const { quickInput, messages, workspace } = window;
  await addBinaries(window);
  await eventually(() => window.language.squiggles("error")).toBe(1);
  await quickInput.run("Crossflash: Choose MicroPython Binary…");
  await eventually(async () => (await quickInput.choices()).join("\n")).toContain("Combined image");
  await quickInput.pick("download.bin");
  expect(await messages.dialog()).toContain("Only the app may be sent over the air");
  await messages.answerDialog("Extract App");
  await quickInput.acceptPath(`${workspace.folder}/download.app.bin`);
  await eventually(() => workspace.text("crossflash.json")).toContain('"micropython": "download.app.bin"');
  expect((await workspace.bytes("download.app.bin")).equals(micropython)).toBe(true);
});

test("the table of a header opens as a new CSV", async ({ openFolder }) => {
  const window = await openFolder("examples/migration", { file: "main/repartition.h" });
  await window.quickInput.run("Crossflash: Import Partition Table…");
  await window.quickInput.pick("repartition.h");
  await eventually(window.editor.name).toContain("Untitled");
  expect(await window.editor.text()).toContain("app1,app,ota_1,0x150000,1536K,");
});

test("other CSV files are left alone", async ({ openFolder }) => {
  const window = await openFolder(WORKSPACE);
  await window.workspace.write("measurements.csv", "a,b\n1,2\n");
  await window.quickInput.open("measurements.csv");
  expect(await window.language.squiggles("error")).toBe(0);
  expect((await window.messages.statusBar()).join()).not.toContain("ESP Partition Table");
});

test("an export into a header that is open can be undone", async ({ openFolder }) => {
  const { editor, language, quickInput, workspace } = await openFolder("examples/migration", {
    file: HEADER,
  });
  const before = await workspace.bytes(HEADER);
  await quickInput.open("partitions.csv");
  await eventually(async () => (await language.lenses()).join("\n")).toContain("out of date");
  await language.clickLens("Export final_table");
  await eventually(async () => (await language.lenses()).join("\n")).toContain("in sync");
  expect((await workspace.bytes(HEADER)).equals(before)).toBe(false);
  await quickInput.open(HEADER);
  await editor.undo();
  await editor.save();
  expect((await workspace.bytes(HEADER)).equals(before)).toBe(true);
});

test("the table that the devices have today is not exported over the target's header", async ({
  openFolder,
}) => {
  const { quickInput, messages, workspace } = await openFolder("examples/migration", {
    file: "field/partitions.csv",
  });
  const before = await workspace.bytes(HEADER);
  await eventually(messages.statusBar).toContainEqual(expect.stringContaining("Source table"));
  await quickInput.run("Crossflash: Export final_table to repartition.h");
  await eventually(messages.notifications).toContainEqual(
    expect.stringContaining("so it was not exported. Export partitions.csv."),
  );
  expect(await workspace.bytes(HEADER)).toEqual(before);
});

test("what the picture in the README shows", async ({ openFolder }) => {
  const window = await openFolder("examples/migration", { file: "partitions.csv" });
  const { page, editor, language, messages, workspace } = window;
  await page.setViewportSize({ width: 1100, height: 520 });
  await workspace.write("micropython.bin", micropython);
  await eventually(messages.statusBar).toContainEqual(expect.stringContaining("MicroPython v1.14"));
  await eventually(async () => (await language.lenses()).join("\n")).toContain("out of date");
  await eventually(() => language.squiggles("info")).toBe(1);
  await editor.goTo(9, 36);
  await page.keyboard.press("Control+.");
  const fix = page.locator(".action-widget .monaco-list-row.action").first();
  await eventually(() => fix.innerText()).toBe("Grow 'vfs' to the end of flash (0x130000)");
  await page.screenshot({ path: "out/e2e/editor.png" });
});
