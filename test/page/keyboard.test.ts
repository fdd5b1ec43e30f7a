import { describe } from "vitest";
import { drawNothingMore, type OpenLayout, type OpenPage } from "./support/page";
import { esp32, mistaken, otaTable } from "./support/tables";
import { eventually, expect, test } from "./support/test";

test("a Delete that is held takes one partition", async ({ openLayout }) => {
  const { page, block, names, changes, settled } = await openLayout(otaTable, esp32);
  await block("otadata").focus();
  await settled();
  await page.keyboard.down("Delete");
  await eventually(names).not.toContain("otadata");
  await page.keyboard.down("Delete");
  await settled();
  await page.keyboard.down("Delete");
  await page.keyboard.down("Delete");
  await settled();
  expect(changes()).toBe(1);
  await page.keyboard.up("Delete");
  await page.keyboard.press("Delete");
  await eventually(names).toEqual(expect.not.arrayContaining(["app0"]));
  expect(changes()).toBe(2);
});

test("Delete takes the partition that has the keyboard, also while that is not drawn yet", async ({
  openLayout,
}) => {
  const opened = await openLayout(otaTable, esp32);
  const { block, press, sent, heard, settled } = opened;
  await block("nvs").focus();
  await settled();
  await drawNothingMore(opened);
  await block("app0").focus();
  await press("Delete");
  await heard();
  expect(sent.at(-1)).toMatchObject({ params: { intent: { kind: "delete", row: 2 } } });
});

test("a held key moves a row by one", async ({ openLayout }) => {
  const { page, block, layout, changes, settled } = await openLayout(otaTable, esp32);
  await block("nvs").focus();
  await settled();
  await page.keyboard.down("Alt");
  await page.keyboard.down("ArrowDown");
  await eventually(() => layout.document.text()).toMatch(/^otadata.*\nnvs/);
  await page.keyboard.down("ArrowDown");
  await page.keyboard.down("ArrowDown");
  await settled();
  expect(changes()).toBe(1);
});

describe("keys on a handle", () => {
  /** Moves the end of app1 three sectors down; it is not let go. */
  async function moved(openLayout: OpenLayout): Promise<OpenPage> {
    const opened = await openLayout(otaTable, esp32);
    await opened.block("app1").focus();
    await eventually(opened.selected).toEqual(["app1"]);
    await opened.handle("app1", "end").focus();
    await opened.press("ArrowDown", "ArrowDown", "ArrowDown");
    await eventually(opened.announcement).toContain("app1 ends at 0x2d3000");
    return opened;
  }

  test("change nothing when Escape takes them back", async ({ openLayout }) => {
    const { press, announcement, settled, changes, layout } = await moved(openLayout);
    await press("Escape");
    await eventually(announcement).toBe("Cancelled: app1 stays as it was");
    await settled();
    expect(changes()).toBe(0);
    expect(layout.document.text()).toBe(otaTable);
  });

  const endings: Readonly<Record<string, (page: OpenPage) => Promise<void>>> = {
    Enter: ({ press }) => press("Enter"),
    Tab: ({ press }) => press("Tab"),
    "a press elsewhere": ({ page }) => page.locator("h1").click(),
    "another handle": ({ handle }) => handle("app1", "start").focus(),
    "a pause": async () => {},
  };
  for (const [name, end] of Object.entries(endings))
    test(`are one change that ends with ${name}`, async ({ openLayout }) => {
      const opened = await moved(openLayout);
      await end(opened);
      const { layout, changes, settled } = opened;
      const after = otaTable
        .replace("0x150000,0x180000", "0x150000,0x183000")
        .replace("0x2d0000,0x100000", "0x2d3000,0xfd000");
      await eventually(() => layout.document.text()).toBe(after);
      await settled();
      expect(changes()).toBe(1);
      expect(layout.document.history).toEqual([otaTable]);
    });

  test("work again at once when the table was changed elsewhere meanwhile", async ({ openLayout }) => {
    const { layout, names, handle, press, announcement } = await moved(openLayout);
    layout.document.type(otaTable.replace("vfs", "files").replace("0x5000", "0x4000"));
    await eventually(names).toContain("files");
    await handle("app1", "end").focus();
    await press("ArrowDown");
    await eventually(announcement).toContain("app1 ends at 0x2d1000");
  });
});

test("a block is selected by Enter, Space and the click of a screen reader", async ({ openLayout }) => {
  const { block, selected, settled, page } = await openLayout(otaTable, esp32);
  await block("nvs").dispatchEvent("keydown", { key: "Enter" });
  await eventually(selected).toEqual(["nvs"]);
  await block("app0").dispatchEvent("keydown", { key: " " });
  await eventually(selected).toEqual(["app0"]);
  await block("vfs").evaluate((element: HTMLElement) => element.click());
  await eventually(selected).toEqual(["vfs"]);
  await page.setViewportSize({ width: 1000, height: 400 });
  await block("nvs").focus();
  await eventually(selected).toEqual(["nvs"]);
  await page.keyboard.press(" ");
  await settled();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  expect(await selected()).toEqual(["nvs"]);
});

test("Tab goes from the selected block to its handles and then to its fix", async ({ openLayout }) => {
  const { block, selected, focused, press } = await openLayout(mistaken, esp32);
  await block("otadata").focus();
  await eventually(selected).toEqual(["otadata"]);
  const order: string[] = [await focused()];
  for (let presses = 0; presses < 4; presses++) {
    await press("Tab");
    order.push(await focused());
  }
  expect(order).toEqual([
    expect.stringMatching(/^otadata, data ota/),
    "Beginning of otadata",
    "Place of otadata",
    "End of otadata",
    expect.stringMatching(/0x2000/),
  ]);
});
