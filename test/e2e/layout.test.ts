import { migrationExample } from "./support/migrationExample";
import { eventually, expect, test } from "./support/test";

const regions = [
  "Reserved",
  "Bootloader",
  "Partition table",
  "nvs",
  "otadata",
  "app0",
  "app1",
  "vfs",
  "Unused",
];

test("a table opens as text, and its layout beside it from wherever one looks for it", async ({
  openFolder,
}) => {
  const window = await openFolder(...migrationExample);
  const { page, language, quickInput, explorer } = window;
  const layout = window.layout();
  const groups = page.locator(".editor-group-container");
  const tabs = page.locator('.tab[data-resource-name="partitions.csv"]');
  const checkOpens = async (way: string, open: () => Promise<void>) => {
    expect(await groups.count(), way).toBe(1);
    expect(await tabs.count(), way).toBe(1);
    await open();
    await layout.ready();
    expect(await layout.names(), way).toEqual(regions);
    expect(await groups.last().locator(".tab").getAttribute("data-resource-name"), way).toBe(
      "partitions.csv",
    );
    expect([await groups.count(), await tabs.count()], way).toEqual([2, 2]);
    await layout.focus();
    await quickInput.run("View: Close Editor");
    await eventually(() => groups.count()).toBe(1);
    await layout.focusText();
  };

  await layout.focusText();
  expect(await window.editor.text()).toContain("# Name,   Type, SubType");
  await checkOpens("editor title", () => window.editor.clickAction("Open Flash Layout"));
  await checkOpens("CodeLens", () => language.clickLens("Open Flash Layout"));
  await checkOpens("explorer", () => explorer.clickMenu("partitions.csv", "Open Flash Layout"));
  await checkOpens("command", layout.open);
});

test("the selection follows the cursor of the text, and the cursor the selection", async ({ openFolder }) => {
  const window = await openFolder(...migrationExample);
  const { editor } = window;
  const layout = window.layout();
  await layout.open();
  expect(await layout.selected()).toEqual([]);

  await layout.focusText();
  await editor.goTo(7);
  await eventually(layout.selected).toEqual(["app0"]);
  await eventually(() => layout.inspector.innerText()).toContain(
    "1.25 MB (0x140000) from 0x10000 to 0x150000",
  );
  await editor.goTo(2);
  await editor.goTo(9);
  await eventually(layout.selected).toEqual(["vfs"]);

  await layout.select("otadata");
  await eventually(layout.selected).toEqual(["otadata"]);
  await layout.focusText();
  await eventually(editor.position).toBe("Ln 6, Col 8 (7 selected)");
});

test("any number of layouts of one table are equal, whoever changes it", async ({ openFolder }) => {
  const window = await openFolder(...migrationExample);
  const { editor, quickInput, workspace } = window;
  const [one, other] = [window.layout(0), window.layout(1)];
  await one.open();
  await quickInput.run("View: Split Editor Right");
  await other.ready();
  const checkBoth = async (row: number, cells: readonly string[]) => {
    await eventually(() => one.cells(row)).toEqual(cells);
    await eventually(() => other.cells(row)).toEqual(cells);
    await eventually(async () => (await one.names()).join()).toBe((await other.names()).join());
  };

  await one.focusText();
  await editor.replaceLine(9, "files,    data, fat,     0x2d0000, 1M,");
  await checkBoth(4, ["files", "data", "fat", "0x2d0000", "1M", ""]);

  await other.select("files");
  await other.grab("files", "end");
  await other.pull(1, "ends at 0x400000");
  await other.release();
  await checkBoth(4, ["files", "data", "fat", "0x2d0000", "1216K", ""]);
  expect(await one.names()).not.toContain("Unused");

  await one.focusText();
  await editor.save();
  const text = await workspace.text("partitions.csv");
  expect(text.endsWith("files,    data, fat,     0x2d0000, 1216K,\n")).toBe(true);
  await workspace.write("partitions.csv", text.replace("files, ", "store, "));
  await checkBoth(4, ["store", "data", "fat", "0x2d0000", "1216K", ""]);
});

const mistaken = `# Name, Type, SubType, Offset, Size
nvs, data, nvs, 0x9000, 0x5000,
otadata, data, ota, 0xe000, 0x1000,
app0, app, ota_0, 0x10000, 0x140000,
app1, app, ota_1, 0x140000, 0x140000,
lost, data, fat, 0x290000, ,
far, data, fat, 0x3f0000, 128K,
`;

test("of a table with mistakes, what can be drawn is drawn, and the rest is said", async ({ openFolder }) => {
  const window = await openFolder("examples/migration", {
    file: "partitions.csv",
    files: { "partitions.csv": mistaken },
  });
  const layout = window.layout();
  await layout.open();
  expect(await layout.names()).toEqual(expect.arrayContaining(["nvs", "otadata", "app0", "app1", "far"]));
  await eventually(layout.notices).toContainEqual(
    expect.stringMatching(/lost has no place in flash, so it is not drawn.*size/is),
  );
  await expect(layout.region("app0").locator(".hatch").count()).resolves.toBe(1);
  await expect(layout.region("app1").locator(".hatch").count()).resolves.toBe(1);
  await expect(layout.region("far").locator(".hatch.beyond").count()).resolves.toBe(1);
  expect(await layout.block("app1").getAttribute("aria-label")).toContain(
    "Overlaps another region from 0x140000 to 0x150000.",
  );

  await layout.region("otadata").getByRole("button", { name: "Make 'otadata' 0x2000 bytes" }).click();
  await eventually(layout.text).toBe(mistaken.replace("0xe000, 0x1000", "0xe000, 0x2000"));
  await eventually(() => layout.region("otadata").locator(".worst").count()).toBe(0);
});

test("fields are typed in the grid, and errors stand under them", async ({ openFolder }) => {
  const window = await openFolder(...migrationExample);
  const { page, workspace } = window;
  const layout = window.layout();
  const { press } = layout;
  const before = await workspace.text("partitions.csv");
  await layout.open();

  await layout.select("vfs");
  await layout.tabTo("Name");
  for (const row of ["nvs", "otadata", "app0", "Warning: 'app0' has", "app1", "vfs"]) {
    await press("ArrowDown");
    await eventually(layout.focused).toMatch(new RegExp(`^${row}`));
  }
  await press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "F2");
  await eventually(layout.focused).toBe("Size of row 5");
  await page.keyboard.type("1216K");
  await press("Enter");
  await eventually(() => layout.cells(4)).toEqual(["vfs", "data", "fat", "0x2d0000", "1216K", ""]);
  await eventually(layout.text).toBe(before.replace("1M,", "1216K,"));

  await layout.cell(4, "size").click();
  await press("Enter");
  await page.keyboard.type("9M");
  await press("Escape");
  await press("F2");
  await page.keyboard.type("much");
  await press("Enter");
  await eventually(() => layout.cells(4)).toEqual(["vfs", "data", "fat", "0x2d0000", "much", ""]);
  const error = layout.frame.locator(".cell-error.error");
  await eventually(() => error.innerText()).toContain("'much'");
  const [cell, below] = [await layout.cell(4, "size").boundingBox(), await error.boundingBox()];
  expect(below?.y).toBeGreaterThanOrEqual((cell?.y ?? 0) + (cell?.height ?? 0) - 1);
  expect(await layout.cell(4, "size").getAttribute("aria-describedby")).toBe(await error.getAttribute("id"));
});

test("before and after are told in words as well", async ({ openFolder }) => {
  const window = await openFolder(...migrationExample);
  const layout = window.layout();
  await layout.open();
  const changes = layout.frame.locator(".changes");
  const words = (await changes.locator("li").allInnerTexts()).map((item) => item.replace("\n", " "));
  expect(words).toEqual([
    "= nvs is kept (20 KB).",
    "= otadata is kept (8 KB).",
    "= app0 is kept (1.25 MB).",
    "↑ app1 grows by 256 KB and is replaced by MicroPython.",
    "× spiffs is erased (1.44 MB lost).",
    "+ vfs is new.",
  ]);
  expect(await changes.locator("p").innerText()).toBe("1.28 MB kept, 2.69 MB lost.");
  expect(await layout.chips("app0")).toEqual(["runs"]);
  expect(await layout.chips("app1")).toEqual(["grown"]);
  const strip = layout.frame.locator(".strip-picture");
  expect(await strip.getAttribute("aria-label")).toContain("4 MB of flash: nvs 20 KB");
  expect(await strip.locator(".ribbon.erased").count()).toBe(1);
});
