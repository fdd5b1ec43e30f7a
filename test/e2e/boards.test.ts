import { randomFillSync } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { makeCombined } from "../support/imageFixture";
import { addVirtualBoard, afterAJob, boardsOf } from "./support/boards";
import { micropython, migrationExample } from "./support/migrationExample";
import { eventually, expect, type OpenFolder, test, type Window } from "./support/test";
import { plainSpaces } from "./support/text";

/** Where the example's table has MicroPython. */
const APP1 = 0x150000;

/** What is still being restored takes the keyboard away from the first command. */
async function openExample(openFolder: OpenFolder, settings: Record<string, unknown> = {}): Promise<Window> {
  const [folder, opening] = migrationExample;
  const window = await openFolder(folder, { ...opening, settings });
  await eventually(window.messages.statusBar).toContainEqual(expect.stringContaining("MicroPython v1.14"));
  return window;
}

async function flashExample({ quickInput, messages, ...window }: Window, port: string): Promise<void> {
  const boards = boardsOf({ quickInput, ...window });
  await quickInput.run("Crossflash: Flash Lab Board…");
  await boards.choose(port);
  await eventually(messages.dialog).toContain("app1 at 0x150000");
  await messages.answerDialog("Flash");
  await afterAJob(messages.notifications).toContainEqual(
    expect.stringContaining("verified by the board's own MD5"),
  );
}

test("the example goes onto a virtual board, and the view says what runs there", async ({ openFolder }) => {
  const window = await openExample(openFolder);
  const { quickInput, messages, page } = window;
  const boards = boardsOf(window);
  const file = await addVirtualBoard(window, "desk");
  await boards.open();
  await eventually(boards.lines).toContainEqual(expect.stringMatching(/virtual:desk · ESP32 [0-9a-f:]+$/));

  const shown = await boards.listen();
  await quickInput.run("Crossflash: Flash Lab Board…");
  await boards.choose("virtual:desk");
  const asked = await messages.dialog();
  expect(asked).toMatch(/Flash this layout with MicroPython v1\.14 on .*\?/);
  expect(asked).toContain("app1 at 0x150000, 1.4 MB");
  expect(asked).toContain("partition table at 0x8000");
  expect(await boards.dialogButtons()).toEqual(expect.arrayContaining(["Flash", "Show Job"]));
  await messages.answerDialog("Flash");
  await afterAJob(messages.notifications).toContainEqual(
    expect.stringMatching(/verified by the board's own MD5: .*app1 [0-9a-f]{8}.*The board was reset/),
  );
  expect((await shown()).join("\n")).toMatch(/Writing app1: .* of 1\.\d+ MB/);

  await boards.expand("virtual:desk");
  await eventually(boards.lines).toContainEqual(
    expect.stringMatching(/^Runs nothing: there is no bootloader that could start 'app1'/),
  );
  const lines = await boards.lines();
  expect(lines).toContainEqual(expect.stringMatching(/app1.* MicroPython v1\.14/));
  expect(lines).toContainEqual(
    expect.stringMatching(/^Table at 0x8000, fingerprint [0-9a-f]{12}, 5 partitions/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^otadata selects 'app1'/));

  await page.setViewportSize({ width: 1100, height: 520 });
  await page.screenshot({ path: "out/e2e/boards.png" });
  await page.setViewportSize({ width: 1600, height: 1200 });

  const flash = await readFile(file);
  expect(flash.subarray(APP1, APP1 + micropython.length).equals(micropython)).toBe(true);
  await messages.answer("verified by the board's own MD5", "Show Log");
  const log = page.locator(".part.panel .pane-body");
  await eventually(async () => plainSpaces((await log.allInnerTexts()).join())).toMatch(
    /verified: write app1, 0x150000 to 0x2b5810, MD5 [0-9a-f]{32}/,
  );
  expect([...window.externalHosts]).toEqual([]);
  await eventually(window.connections).toEqual([]);
});

test("a cancelled job says how far it came, and is resumed from the line of its board", async ({
  openFolder,
}) => {
  const [folder, opening] = migrationExample;
  // Noise is not compressed, so the job takes some time even on a virtual board.
  const image = Buffer.from(makeCombined({ flashOffset: 0, size: 0x400000 }));
  randomFillSync(image, 0x200000);
  const files = { ...opening.files, "combined.bin": image };
  const window = await openFolder(folder, { ...opening, files });
  const { messages, explorer } = window;
  const boards = boardsOf(window);
  const file = await addVirtualBoard(window, "stopped");
  await explorer.clickMenu("combined.bin", "Flash Combined Image…");
  await boards.choose("virtual:stopped");
  await messages.dialog();
  await boards.cancelWhen("Writing ");
  await messages.answerDialog("Flash");
  await afterAJob(messages.notifications).toContainEqual(expect.stringContaining("Resume the job"));
  expect((await readFile(file)).equals(image)).toBe(false);

  await boards.open();
  await eventually(boards.lines).toContainEqual(
    expect.stringMatching(/job not finished · virtual:stopped · ESP32 /),
  );
  await boards.clickMenu("virtual:stopped", "Resume Flashing");
  await afterAJob(messages.notifications).toContainEqual(
    expect.stringContaining("verified by the board's own MD5"),
  );
  expect((await readFile(file)).equals(image)).toBe(true);
  await eventually(boards.lines).not.toContainEqual(expect.stringContaining("job not finished"));
});

test("a flash that was tampered with is told from the layout", async ({ openFolder }) => {
  const window = await openExample(openFolder);
  const file = await addVirtualBoard(window, "tampered");
  await flashExample(window, "virtual:tampered");
  await verify(window, "virtual:tampered", /holds partitions\.csv: .*app1 [0-9a-f]{8}.*Nothing was written/);

  const flash = await readFile(file);
  flash.writeUInt8(flash.readUInt8(APP1 + 0x5000) ^ 1, APP1 + 0x5000);
  await writeFile(file, flash);
  await window.page.context().close();
  const later = await openExample(openFolder);
  await verify(
    later,
    "virtual:tampered",
    /differs from partitions\.csv in 1 of \d regions: 'app1' at 0x150000/,
  );
  expect((await readFile(file)).equals(flash)).toBe(true);
});

async function verify(window: Window, port: string, verdict: RegExp): Promise<void> {
  await window.quickInput.run("Crossflash: Verify Board Against Layout");
  await boardsOf(window).choose(port);
  await afterAJob(window.messages.notifications).toContainEqual(expect.stringMatching(verdict));
}

test("a backup brings an erased board back, byte for byte", async ({ openFolder }) => {
  const window = await openExample(openFolder);
  const { quickInput, messages, editor, workspace } = window;
  const boards = boardsOf(window);
  const before = Buffer.from(makeCombined({ flashOffset: 0, size: 0x400000 }));
  before.write("settings", 0x9000);
  const file = await addVirtualBoard(window, "kept", before);

  await boards.open();
  await boards.clickMenu("virtual:kept", "Back Up Flash…");
  await eventually(quickInput.prompt).toContain("into Which Folder?");
  const [folder = ""] = (await quickInput.choices()).flatMap((text) => /^backups\/\S+/.exec(text) ?? []);
  await quickInput.pick(folder);
  await eventually(quickInput.prompt).toContain("Back Up What?");
  await quickInput.enter("");
  await afterAJob(messages.notifications).toContainEqual(expect.stringContaining("backup.json"));
  expect((await workspace.bytes(`${folder}/flash.bin`)).equals(before)).toBe(true);

  await boards.clickMenu("virtual:kept", "Erase Board…");
  await quickInput.pick("Whole flash");
  expect(await messages.dialog()).toContain("Erase the whole flash");
  await messages.answerDialog("Erase");
  await afterAJob(async () => (await readFile(file)).every((byte) => byte === 0xff)).toBe(true);

  await boards.clickMenu("virtual:kept", "Restore Backup…");
  await quickInput.pick(folder);
  await afterAJob(messages.dialog).toContain("Restore the backup of ESP32");
  await messages.answerDialog("Show Job");
  await eventually(async () => (await editor.visibleLines()).join("\n")).toContain(
    "It is what the backup holds.",
  );
  await quickInput.pick("Flash");
  await afterAJob(async () => (await readFile(file)).equals(before)).toBe(true);
});

test("a board that the job is not for gets no button to flash it", async ({ openFolder }) => {
  const window = await openExample(openFolder);
  const { quickInput, messages } = window;
  const boards = boardsOf(window);
  const file = await addVirtualBoard(window, "esp32s3-desk");
  await quickInput.run("Crossflash: Flash Lab Board…");
  await boards.choose("virtual:esp32s3-desk");
  const asked = await messages.dialog();
  expect(asked).toContain("this cannot be done");
  expect(asked).toMatch(/error: .*ESP32-S3.*this is for ESP32/);
  expect(await boards.dialogButtons()).not.toContain("Flash");
  expect(await boards.dialogButtons()).not.toContain("Erase");
  await messages.answerDialog("Show Job");
  await eventually(async () => (await window.editor.visibleLines()).join("\n")).toContain("error: ");
  expect((await readFile(file)).every((byte) => byte === 0xff)).toBe(true);
});

test("what is on a board becomes the source table, and the board keeps its name", async ({ openFolder }) => {
  const window = await openExample(openFolder);
  const { quickInput, messages, editor, workspace } = window;
  const boards = boardsOf(window);
  await addVirtualBoard(window, "field");
  await flashExample(window, "virtual:field");

  await boards.open();
  await boards.clickMenu("virtual:field", "Name Board…");
  await quickInput.enter("Meter 7");
  await eventually(boards.lines).toContainEqual(expect.stringMatching(/^Meter 7 virtual:field · ESP32 /));

  await boards.clickMenu("virtual:field", "Read Board");
  await eventually(editor.name).toContain("Untitled");
  expect(await editor.text()).toContain("vfs,data,fat,0x2d0000,1M,");
  await messages.answer("This is the table of Meter 7", "Use as Source Table");
  await quickInput.acceptPath(`${workspace.folder}/field/partitions.csv`);
  await eventually(quickInput.prompt).toContain("already exists");
  await quickInput.acceptPath(`${workspace.folder}/field/partitions.csv`);
  await eventually(() => workspace.text("field/partitions.csv")).toContain("vfs,data,fat,0x2d0000,1M,");
  expect(await workspace.text("crossflash.json")).toContain('"table": "field/partitions.csv"');
});

test("a board is listened to, its boot errors are explained, and a job borrows its port", async ({
  openFolder,
}) => {
  const window = await openExample(openFolder, { "terminal.integrated.gpuAcceleration": "off" });
  const { quickInput, page } = window;
  const boards = boardsOf(window);
  await addVirtualBoard(window, "heard");
  const terminal = async () => plainSpaces((await page.locator(".xterm-rows").allInnerTexts()).join("\n"));
  await boards.open();
  await boards.clickMenu("virtual:heard", "Monitor Board");
  await eventually(terminal).toContain("Listening to virtual:heard");
  await quickInput.run("Crossflash: Restart Monitored Board");
  await eventually(terminal).toMatch(/invalid header: 0xffffffff[\s\S]*Error: /);

  await flashExample(window, "virtual:heard");
  await eventually(terminal).toMatch(
    /is in use; the monitor goes on afterwards[\s\S]*Listening to virtual:heard/,
  );
  expect([...window.externalHosts]).toEqual([]);
});
