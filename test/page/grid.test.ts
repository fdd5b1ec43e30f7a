import { describe } from "vitest";
import { drawNothingMore, type OpenLayout, type OpenPage } from "./support/page";
import { esp32, otaTable } from "./support/tables";
import { eventually, expect, test } from "./support/test";

const lines = otaTable.trimEnd().split("\n");
const [nvs = "", otadata = "", app0 = "", app1 = "", vfs = ""] = lines;
const APP1 = 3;

/** Types into the open name of app1, and does not leave the field yet. */
async function typing(openLayout: OpenLayout): Promise<OpenPage> {
  const opened = await openLayout(otaTable, esp32);
  await opened.cell(APP1, "name").dblclick();
  await opened.page.keyboard.insertText("typed");
  return opened;
}

/** Whatever becomes of what was typed, all other rows are as somebody else has left them. */
async function checkNoOtherRow({ layout, settled }: OpenPage, now: readonly string[]): Promise<void> {
  await settled();
  const others = layout.document
    .text()
    .split("\n")
    .filter((line) => line !== "" && !line.includes("ota_1"));
  expect(others).toEqual(now.filter((line) => line !== app1));
}

const written = (rows: readonly string[]): string => rows.map((row) => `${row}\n`).join("");

describe("an open field of the grid writes into no other partition", () => {
  const changes: Readonly<Record<string, readonly string[]>> = {
    "a row above is deleted": [nvs, app0, app1, vfs],
    "a row below is deleted": [nvs, otadata, app0, app1],
    "its own row is deleted": [nvs, otadata, app0, vfs],
    "its row goes up": [app1, nvs, otadata, app0, vfs],
    "its row goes down": [nvs, otadata, app0, vfs, app1],
    "a row is added above": ["phy,data,phy,0x3d0000,0x1000", ...lines],
    "all rows are deleted": [],
  };
  for (const [change, now] of Object.entries(changes))
    test(`when ${change}`, async ({ openLayout }) => {
      const opened = await typing(openLayout);
      opened.layout.document.type(written(now));
      await opened.settled();
      await opened.press("Enter");
      await checkNoOtherRow(opened, now);
      await opened.page.locator("h1").click();
      await checkNoOtherRow(opened, now);
    });

  test("when the page has heard of the change and not drawn it yet", async ({ openLayout }) => {
    const opened = await typing(openLayout);
    await drawNothingMore(opened);
    opened.layout.document.type(written([nvs, otadata, app0, vfs]));
    await opened.heard();
    await opened.press("Enter");
    await opened.heard();
    expect(opened.changes()).toBe(0);
  });
});

test("what is typed while a deletion is under way goes to the row for which it was typed", async ({
  openLayout,
}) => {
  const opened = await openLayout(otaTable, esp32);
  const { block, cell, press, layout, names } = opened;
  const answers: (() => void)[] = [];
  const { document } = layout;
  document.next = () =>
    new Promise((resolve) =>
      answers.push(() => {
        document.type(otaTable.replace(`${otadata}\n`, ""));
        resolve(true);
      }),
    );
  await block("otadata").focus();
  await press("Delete");
  await eventually(names).not.toContain("otadata");
  await eventually(() => answers.length).toBe(1);
  await cell(APP1, "name").dblclick();
  await opened.page.keyboard.insertText("typed");
  await press("Enter");
  answers[0]?.();
  await eventually(() => document.text()).toBe(
    [nvs, app0, app1.replace("app1", "typed"), vfs, ""].join("\n"),
  );
});

test("a field is written once with Enter, and not at all with Escape", async ({ openLayout }) => {
  const opened = await typing(openLayout);
  await opened.press("Escape");
  await opened.settled();
  expect(opened.changes()).toBe(0);
  await opened.cell(APP1, "name").dblclick();
  await opened.page.keyboard.insertText("typed");
  await opened.press("Enter");
  await eventually(() => opened.layout.document.text()).toBe(otaTable.replace("app1", "typed"));
  await opened.settled();
  expect(opened.changes()).toBe(1);
});

test("rows that vanish and come back do not break the page", async ({ openLayout }) => {
  const { layout, cell, names, button, page, settled } = await openLayout(otaTable, esp32);
  await cell(APP1, "offset").click();
  for (const text of ["", otaTable, `${nvs}\n`, otaTable, "a,b\n,,,,\n", otaTable]) {
    layout.document.type(text);
    await settled();
    expect(await page.locator("[data-column=name]").count()).toBe(text.split("\n").length - 1);
  }
  await eventually(names).toContain("app1");
  await cell(APP1, "offset").click();
  await button("Delete").click();
  await eventually(names).not.toContain("app1");
});
