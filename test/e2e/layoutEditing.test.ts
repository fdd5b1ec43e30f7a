import { migrationExample } from "./support/migrationExample";
import { eventually, expect, test, type Window } from "./support/test";

/** Whether both tabs of the table say that it is not saved. */
const isDirty = async ({ page }: Window): Promise<boolean> =>
  (await page.locator('.tab.dirty[data-resource-name="partitions.csv"]').count()) === 2;

/** The texts that stand in the table in place of others. */
const replaced = (text: string, changes: Readonly<Record<string, string>>): string =>
  Object.entries(changes).reduce((changed, [old, now]) => {
    expect(changed.split(old)).toHaveLength(2);
    return changed.replace(old, now);
  }, text);

test("a dragged boundary changes its numbers and nothing else, and one undo takes it back", async ({
  openFolder,
}) => {
  const window = await openFolder(...migrationExample);
  const { page, workspace, editor } = window;
  const layout = window.layout();
  const before = await workspace.text("partitions.csv");
  await layout.open();

  await layout.select("app1");
  await layout.grab("app1", "end");
  await page.keyboard.down("Shift");
  await layout.pull(2, "app1 ends at 0x2f0000: app1 1.63 MB, vfs 896 KB");
  await page.keyboard.up("Shift");
  expect(await isDirty(window)).toBe(false);
  await layout.release();
  const after = replaced(before, {
    "0x150000, 0x180000,": "0x150000, 0x1a0000,",
    "0x2d0000, 1M,": "0x2f0000, 896K,",
  });
  await eventually(() => isDirty(window)).toBe(true);
  expect(await layout.text()).toBe(after);

  await page.keyboard.press("Control+Z");
  await eventually(() => isDirty(window)).toBe(false);
  expect(await layout.text()).toBe(before);
  await page.keyboard.press("Control+Shift+Z");
  await eventually(() => isDirty(window)).toBe(true);
  expect(await layout.text()).toBe(after);

  await layout.focusText();
  await editor.undo();
  await eventually(() => layout.cells(3)).toEqual(["app1", "app", "ota_1", "0x150000", "0x180000", ""]);
  expect(await isDirty(window)).toBe(false);
  await editor.redo();
  await editor.save();
  expect(await workspace.text("partitions.csv")).toBe(after);
});

test("Escape gives a drag up, and so does the way back", async ({ openFolder }) => {
  const window = await openFolder(...migrationExample);
  const { page, workspace } = window;
  const layout = window.layout();
  const before = await workspace.text("partitions.csv");
  await layout.open();

  await layout.select("app0");
  await layout.grab("app0", "end");
  // Such a table would start no device. The notice of it must not push the map away from under the pointer.
  await layout.pull(-2, "app0 ends at 0x130000: app0 1.13 MB, app1 1.63 MB");
  await page.keyboard.press("Escape");
  await eventually(layout.announcement).toBe("Cancelled: app0 stays as it was");
  await layout.release();
  expect(await layout.handle("app0", "end").getAttribute("aria-valuetext")).toContain("0x150000");

  await layout.grab("app0", "end");
  await layout.pull(-2, "app0 ends at 0x140000");
  await layout.pull(2, "app0 ends at 0x150000");
  await layout.release();
  expect(await layout.text()).toBe(before);
  expect(await isDirty(window)).toBe(false);
});

const blank = `# Sizes only\r
nvs,data,nvs,,24K\r
# runs\r
factory ,app , factory ,, 1M\r
files,data,littlefs,,2M,\r
`;

test("a region is dragged into free flash; blank offsets stay blank where they can", async ({
  openFolder,
}) => {
  const window = await openFolder("examples/migration", {
    file: "partitions.csv",
    files: { "partitions.csv": blank, "crossflash.json": '{ "chip": "esp32", "flashSize": "4MB" }' },
  });
  const layout = window.layout();
  await layout.open();

  await layout.select("nvs");
  await layout.grab("nvs", "end");
  await layout.pull(-1, "nvs ends at 0xe000");
  await layout.release();
  const shorter = replaced(blank, { "24K": "20K" });
  await eventually(layout.text).toBe(shorter);

  await layout.grab("files", "body");
  await layout.pull(3, "files lies from 0x200000 to 0x400000");
  await layout.release();
  await eventually(layout.text).toBe(replaced(shorter, { "littlefs,,": "littlefs, 0x200000," }));
});

test("what is refused is told, and the next drag begins where the pointer is", async ({ openFolder }) => {
  const window = await openFolder(...migrationExample);
  const layout = window.layout();
  await layout.open();
  await layout.select("app0");
  await layout.inspector.getByLabel("Name").fill("a,b");
  await layout.press("Enter");
  await eventually(layout.notices).toContainEqual(expect.stringContaining("cannot hold a comma"));

  // The press takes the notice away, and the map moves up.
  await layout.grab("app0", "end");
  await layout.pull(1, "app0 ends at 0x160000");
  await layout.release();
  await eventually(async () => (await layout.cells(2))[4]).toBe("0x150000");
  expect(await layout.notices()).toEqual([]);
});

test("everything is done with the keyboard alone", async ({ openFolder }) => {
  const window = await openFolder(...migrationExample);
  const { page, quickInput, workspace } = window;
  const layout = window.layout();
  const before = await workspace.text("partitions.csv");
  const { press } = layout;
  const checkText = (changes: Readonly<Record<string, string>>) =>
    eventually(layout.text).toBe(replaced(before, changes));
  const checkUndo = async () => {
    await press("Control+Z");
    await eventually(() => isDirty(window)).toBe(false);
    await checkText({});
  };

  await quickInput.type("Crossflash: Open Flash Layout");
  await layout.ready();
  await layout.tabTo("Reserved");
  await press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
  await eventually(layout.selected).toEqual(["app1"]);
  expect(await layout.focused()).toContain("app1, app ota_1, 1.5 MB from 0x150000 to 0x2d0000.");
  await press("Tab");
  expect(await layout.focused()).toBe("Beginning of app1");
  await press("Tab", "Tab");
  expect(await layout.focused()).toBe("End of app1");

  await press("ArrowDown");
  await eventually(layout.announcement).toBe("app1 ends at 0x2d1000: app1 1.5 MB, vfs 1020 KB");
  await checkText({ "0x180000": "0x181000", "0x2d0000, 1M": "0x2d1000, 1020K" });
  await checkUndo();
  await press("Shift+ArrowDown");
  await checkText({ "0x180000": "0x190000", "0x2d0000, 1M": "0x2e0000, 960K" });
  await checkUndo();
  await press("End");
  await eventually(layout.announcement).toBe("No further: vfs is there");
  await checkText({});
  await press("Home");
  await checkText({ "0x180000": "0x10000", "0x2d0000, 1M": "0x160000, 2496K" });
  await checkUndo();

  await page.keyboard.down("ArrowUp");
  await page.keyboard.down("ArrowUp");
  await page.keyboard.down("ArrowUp");
  await eventually(layout.announcement).toContain("app1 ends at 0x2cd000");
  await page.keyboard.up("ArrowUp");
  await checkText({ "0x180000": "0x17d000", "0x2d0000, 1M": "0x2cd000, 1036K" });
  await checkUndo();
  await page.keyboard.down("ArrowUp");
  await press("Escape");
  await page.keyboard.up("ArrowUp");
  await eventually(layout.announcement).toBe("Cancelled: app1 stays as it was");
  await checkText({});

  expect(await layout.focused()).toBe("End of app1");
  await press("Tab");
  expect(await layout.focused()).toContain("Grow 'vfs' to the end of flash");
  await press("+", "0");
  expect(await layout.focused()).toContain("Grow 'vfs' to the end of flash");

  await press("Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab", "F2");
  await page.keyboard.type("main");
  await press("Enter");
  await checkText({ "app1,     app": "main,     app" });
  await checkUndo();

  await layout.tabTo("app1,");
  await press("ArrowDown", "Delete");
  await checkText({ "vfs,      data, fat,     0x2d0000, 1M,\n": "" });
  await eventually(layout.selected).toEqual(["app1"]);
  await eventually(layout.focused).toContain("app1,");
  await checkUndo();
});
