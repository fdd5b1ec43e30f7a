import { describe } from "vitest";
import { drawNothingMore, type OpenLayout, type OpenPage } from "./support/page";
import { esp32, otaTable } from "./support/tables";
import { eventually, expect, test } from "./support/test";

const [nvs = "", otadata = "", app0 = "", app1 = "", vfs = ""] = otaTable.trimEnd().split("\n");

test("a name that is refused goes from its field, and is seen at no other partition", async ({
  openLayout,
}) => {
  const { page, block, layout, settled } = await openLayout(otaTable, esp32);
  const field = page.locator("#name-field");
  const refusal = page.locator(".refusal");
  for (const _ of ["once", "twice the same"]) {
    await block("app0").focus();
    await eventually(() => field.inputValue()).toBe("app0");
    await field.fill("a,b");
    await field.press("Enter");
    await eventually(() => refusal.allInnerTexts()).toEqual([expect.stringContaining("comma")]);
    await eventually(() => field.inputValue()).toBe("app0");
    await block("app1").focus();
    await eventually(() => field.inputValue()).toBe("app1");
  }
  await settled();
  expect(layout.document.text()).toBe(otaTable);
});

test("a type that is refused goes from its list", async ({ openLayout }) => {
  const { page, block, layout } = await openLayout(otaTable, esp32);
  await block("app0").focus();
  const list = page.locator("#type-field");
  layout.document.next = async () => false;
  await list.selectOption("data");
  await eventually(() => page.locator(".refusal").count()).toBe(1);
  await eventually(() => list.inputValue()).toBe("app");
  expect(layout.document.text()).toBe(otaTable);
});

describe("what is being typed into the inspector reaches no other partition", () => {
  const changes: Readonly<Record<string, readonly string[]>> = {
    "a row above is deleted": [nvs, app0, app1, vfs],
    "its own row is deleted": [nvs, otadata, app1, vfs],
    "its row goes up": [app0, nvs, otadata, app1, vfs],
    "its row goes down": [nvs, otadata, app1, app0, vfs],
  };
  const withoutApp0 = (text: string): string => text.replace(/^.*,app,ota_0,.*\n/m, "");

  /** Types another name for app0, and does not leave the field yet. */
  async function typing(openLayout: OpenLayout): Promise<OpenPage> {
    const opened = await openLayout(otaTable, esp32);
    await opened.block("app0").focus();
    await opened.page.locator("#name-field").fill("typed");
    return opened;
  }

  for (const [change, rows] of Object.entries(changes))
    test(`when ${change}`, async ({ openLayout }) => {
      const opened = await typing(openLayout);
      const { page, layout, settled, press } = opened;
      const now = rows.map((row) => `${row}\n`).join("");
      layout.document.type(now);
      await settled();
      const title = await page.locator("#inspector-title").innerText();
      expect(await page.locator("#name-field").inputValue()).toBe(title === "app0" ? "typed" : title);
      await press("Enter");
      await page.locator("h1").click();
      await settled();
      expect(withoutApp0(layout.document.text())).toBe(withoutApp0(now));
    });

  test("when the page has heard of the change and not drawn it yet", async ({ openLayout }) => {
    const opened = await typing(openLayout);
    await drawNothingMore(opened);
    opened.layout.document.type(otaTable.replace(`${otadata}\n`, ""));
    await opened.heard();
    await opened.press("Enter");
    await opened.heard();
    expect(opened.changes()).toBe(0);
  });

  test("when another partition is selected in the text", async ({ openLayout }) => {
    const { page, layout, settled } = await typing(openLayout);
    layout.session.cursorMoved(otaTable.indexOf("app1"));
    await eventually(() => page.locator("#inspector-title").innerText()).toBe("app1");
    expect(await page.locator("#name-field").inputValue()).toBe("app1");
    await settled();
    expect(withoutApp0(layout.document.text())).toBe(withoutApp0(otaTable));
  });
});

describe("what is being typed into a field while another one is written", () => {
  const answers: Readonly<Record<string, { readonly isDone: boolean; readonly size: string }>> = {
    "stays when that is done": { isDone: true, size: "0x13" },
    "is not written by half when that fails": { isDone: false, size: "0x140000" },
  };
  for (const [name, { isDone, size }] of Object.entries(answers))
    test(name, async ({ openLayout }) => {
      const { page, block, layout, press, settled, changes } = await openLayout(otaTable, esp32);
      const asked: ((isDone: boolean) => void)[] = [];
      layout.document.next = () => new Promise((resolve) => asked.push(resolve));
      await block("app0").focus();
      await page.locator("#name-field").fill("other");
      await press("Enter");
      await eventually(() => asked.length).toBe(1);
      await page.locator("#size-field").fill("0x13");
      if (isDone) layout.document.type(otaTable.replace("app0", "other"));
      asked[0]?.(isDone);
      await settled();
      await settled();
      await eventually(() => page.locator("#size-field").inputValue()).toBe(size);
      expect(changes()).toBe(1);
    });
});
