import { makeBootloader, makeCombined } from "../support/imageFixture";
import { addVirtualBoard } from "./support/boards";
import { micropython } from "./support/migrationExample";
import { eventually, expect, test } from "./support/test";

/** The table of Arduino-ESP32, as the devices have it. */
const WORKSPACE = "examples/migration/field";

test("from the table of Arduino devices to the layout and the plan", async ({ openFolder }) => {
  const window = await openFolder(WORKSPACE, { files: { "micropython.bin": micropython } });
  const { page, quickInput, messages, workspace } = window;
  const before = await workspace.bytes("partitions.csv");
  const isAsked = (question: string) => eventually(quickInput.prompt).toContain(question);

  await quickInput.run("Crossflash: New Migration…");
  await isAsked("Which partition table do the devices have today?");
  await eventually(quickInput.choices).toContain("partitions.csv Partition table");
  await quickInput.pick("partitions.csv");
  await isAsked("How much flash do the devices have");
  await quickInput.pick("4MB");
  await isAsked("Which ESP-IDF or Arduino core");
  await quickInput.enter("arduino 1.0.6");
  await isAsked("Which MicroPython");
  await page.getByRole("button", { name: "Back" }).click();
  await isAsked("Which ESP-IDF or Arduino core");
  await quickInput.enter("arduino 1.0.6");
  await isAsked("Which MicroPython");
  await eventually(async () => (await quickInput.choices()).join()).toContain("MicroPython v1.14");
  await quickInput.pick("micropython.bin");
  await isAsked("Which layout");
  await page.getByRole("button", { name: "Compare Layouts" }).click();
  await page.locator('.tab.active[data-resource-name="Proposed Layouts.txt"]').waitFor();
  await page.screenshot({ path: "out/e2e/new-migration.png" });
  await quickInput.pick("As published");
  await isAsked("Where shall crossflash.json be?");
  expect(await workspace.text("crossflash.json")).toBe("");
  await page.locator(".quick-input-widget:visible .monaco-list-row").first().click();

  await eventually(() => workspace.text("crossflash.json")).toContain('"arduino": "1.0.6"');
  expect(JSON.parse(await workspace.text("crossflash.json"))).toEqual({
    chip: "esp32",
    flashSize: "4MB",
    partitionTableOffset: "0x8000",
    bootloader: { arduino: "1.0.6" },
    source: { table: "partitions.csv" },
    target: { table: "partitions-micropython.csv", micropython: "micropython.bin" },
  });
  expect(await workspace.bytes("partitions.csv")).toEqual(before);
  expect(await workspace.text("partitions-micropython.csv")).toContain("0x150000");
  const layout = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  await eventually(() => layout.locator(".region .name").allInnerTexts()).toContain("vfs");
  await eventually(() => page.locator(".tab.active").allInnerTexts()).toEqual([
    "partitions-micropython.csv",
    "partitions-micropython.csv",
  ]);

  await messages.answer("The migration begins", "Show Migration Plan");
  await page.locator('.tab.active[aria-label*="Migration Plan"]').waitFor();
  const plan = page.frameLocator("iframe.webview.ready >> visible=true").frameLocator("#active-frame");
  await eventually(() => plan.locator("h1").allInnerTexts()).toEqual(["Migration to MicroPython"]);
  await eventually(() => plan.locator("h2").allInnerTexts()).toContain("Fingerprint of this migration");
  await page.screenshot({ path: "out/e2e/migration-plan.png" });
  await quickInput.run("Crossflash: Save Migration Report…");
  await quickInput.acceptPath(`${workspace.folder}/migration-report.html`);
  await eventually(() => workspace.text("migration-report.html")).toContain("Fingerprint of this migration");
  expect([...window.externalHosts]).toEqual([]);
});

test("a migration that is there is replaced only by whoever wants it", async ({ openFolder }) => {
  const { page, quickInput, messages, workspace } = await openFolder("examples/migration", {
    files: { "micropython.bin": micropython },
  });
  const names = ["crossflash.json", "partitions.csv", "field/partitions.csv"];
  const texts = () => Promise.all(names.map((name) => workspace.text(name)));
  const before = await texts();
  const isAsked = (question: string) => eventually(quickInput.prompt).toContain(question);
  const first = page.locator(".quick-input-widget:visible .monaco-list-row").first();

  await quickInput.run("Crossflash: New Migration…");
  await isAsked("Which partition table do the devices have today?");
  await quickInput.pick("field/partitions.csv");
  await isAsked("Which ESP-IDF or Arduino core");
  await quickInput.enter("v3.3.5");
  await isAsked("Which MicroPython");
  await quickInput.pick("micropython.bin");
  await isAsked("Which layout");
  await quickInput.pick("Balanced");
  await isAsked("Where shall crossflash.json be?");
  await first.click();
  expect(await messages.dialog()).toContain("partitions.csv and crossflash.json are there already");
  expect(await texts()).toEqual(before);
  await messages.answerDialog("Cancel");
  await quickInput.run("Crossflash: Show Migration Plan");
  await page.locator('.tab.active[aria-label*="Migration Plan"]').waitFor();
  expect(await texts()).toEqual(before);
});

const row = (label: string, type: number, subtype: number, offset: number, size: number) => ({
  label,
  type,
  subtype,
  offset,
  size,
});

/** The flash of a device with two slots and a bootloader that tells its ESP-IDF. */
const flash = makeCombined({
  bootloader: makeBootloader({ idfVersion: "v5.2.1" }),
  rows: [
    row("nvs", 1, 2, 0x9000, 0x5000),
    row("otadata", 1, 0, 0xe000, 0x2000),
    row("first", 0, 0x10, 0x10000, 0x190000),
    row("second", 0, 0x11, 0x1a0000, 0x190000),
    row("files", 1, 0x82, 0x330000, 0xd0000),
  ],
  apps: { first: micropython },
  flashOffset: 0,
  size: 0x400000,
});

test("a board and a dump tell what the devices are", async ({ openFolder }) => {
  const window = await openFolder(WORKSPACE, {
    files: { "micropython.bin": micropython, "device.bin": flash },
  });
  const { quickInput, messages, workspace } = window;
  const isAsked = (question: string) => eventually(quickInput.prompt).toContain(question);
  await addVirtualBoard(window, "blank");
  await addVirtualBoard(window, "old", Uint8Array.from(flash));

  await quickInput.run("Crossflash: New Migration…");
  await isAsked("Which partition table do the devices have today?");
  const pickLine = async (text: string) => {
    const line = window.page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: text });
    await line.first().click();
  };
  await pickLine("virtual:blank");
  await eventually(messages.notifications).toContainEqual(
    expect.stringContaining("has no partition table that can be read"),
  );
  await isAsked("Which partition table do the devices have today?");
  await pickLine("virtual:old");
  await isAsked("Which MicroPython");
  await window.page.getByRole("button", { name: "Back" }).click();
  await isAsked("Which partition table do the devices have today?");
  await quickInput.pick("device.bin");
  await isAsked("Which MicroPython");
  await quickInput.pick("micropython.bin");
  await isAsked("Which layout");
  await quickInput.pick("Balanced");
  await isAsked("Where shall crossflash.json be?");
  await window.page.locator(".quick-input-widget:visible .monaco-list-row").first().click();
  await messages.answerDialog("Replace");
  await eventually(() => workspace.text("crossflash.json")).toContain('"image": "device.bin"');
  expect(JSON.parse(await workspace.text("crossflash.json"))).toMatchObject({
    chip: "esp32",
    flashSize: "4MB",
    source: { table: "field/partitions.csv" },
    target: { table: "partitions.csv" },
  });
  expect(await workspace.text("field/partitions.csv")).toContain("second,app,ota_1,0x1a0000,1600K,");
});
