import { describe } from "vitest";
import type { OpenPage } from "./support/page";
import { esp32, mistaken, otaTable } from "./support/tables";
import { eventually, expect, test } from "./support/test";

/** Whatever was done, the keyboard is somewhere in the page. */
async function checkKept({ page, settled, focused, layout }: OpenPage): Promise<void> {
  await eventually(() => layout.document.history.length).toBe(1);
  await settled();
  expect(await page.evaluate(() => document.querySelector("#app")?.contains(document.activeElement))).toBe(
    true,
  );
  expect(await focused()).not.toBe("nothing");
}

/** Chooses a button as the keyboard does. */
const pressButton = async ({ button, press }: OpenPage, name: string): Promise<void> => {
  await button(name).focus();
  await press("Enter");
};

describe("the keyboard is not lost", () => {
  const checkAfter = (what: string, text: string, act: (page: OpenPage) => Promise<void>) =>
    test(`after ${what}`, async ({ openLayout }) => {
      const opened = await openLayout(text, esp32);
      await act(opened);
      await checkKept(opened);
    });
  const select =
    (name: string, act: (page: OpenPage) => Promise<void>) =>
    async (opened: OpenPage): Promise<void> => {
      await opened.block(name).focus();
      await eventually(opened.selected).toEqual([name]);
      await act(opened);
    };

  checkAfter(
    "Delete on a block",
    otaTable,
    select("otadata", ({ press }) => press("Delete")),
  );
  checkAfter(
    "Delete on the last block",
    otaTable,
    select("vfs", ({ press }) => press("Delete")),
  );
  checkAfter(
    "Delete on the only block",
    "a,data,nvs,0x9000,0x5000\n",
    select("a", ({ press }) => press("Delete")),
  );
  checkAfter(
    "the button Delete",
    otaTable,
    select("app0", (page) => pressButton(page, "Delete")),
  );
  checkAfter(
    "the button Delete for the only row",
    "a,data,nvs,0x9000,0x5000\n",
    select("a", (page) => pressButton(page, "Delete")),
  );
  checkAfter(
    "a row goes down by key",
    otaTable,
    select("nvs", ({ press }) => press("Alt+ArrowDown")),
  );
  checkAfter(
    "a row goes up by key",
    otaTable,
    select("vfs", ({ press }) => press("Alt+ArrowUp")),
  );
  checkAfter(
    "the button Swap with the next",
    otaTable,
    select("app0", (page) => pressButton(page, "Swap with app1")),
  );
  checkAfter(
    "the button Swap with the first",
    otaTable,
    select("otadata", (page) => pressButton(page, "Swap with nvs")),
  );
  checkAfter(
    "a partition is added",
    otaTable,
    select("Unused", (page) => pressButton(page, "Add data partition 'storage'")),
  );
  checkAfter(
    "the button Fill the Rest",
    otaTable,
    select("vfs", (page) => pressButton(page, "Fill the Rest")),
  );
  checkAfter(
    "a fix in the map",
    mistaken,
    select("otadata", async ({ region, press }) => {
      await region("otadata").locator("vscode-button").focus();
      await press("Enter");
    }),
  );
  checkAfter(
    "a fix in the inspector",
    mistaken,
    select("otadata", async ({ page, press }) => {
      await page.locator(".inspector .problems vscode-button").first().focus();
      await press("Enter");
    }),
  );
  checkAfter(
    "a name is written",
    otaTable,
    select("app0", async ({ page, press }) => {
      await page.locator("#name-field").fill("other");
      await press("Enter");
    }),
  );
  checkAfter(
    "a type is chosen",
    otaTable,
    select("app0", async ({ page }) => {
      await page.locator("#type-field").selectOption("data");
    }),
  );
  checkAfter("a field of the grid is written", otaTable, async ({ cell, page, press }) => {
    await cell(3, "name").dblclick();
    await page.keyboard.insertText("typed");
    await press("Enter");
  });
  checkAfter("the open row of the grid is deleted elsewhere", otaTable, async ({ cell, layout }) => {
    await cell(3, "name").dblclick();
    layout.document.type(otaTable.replace(/^app1.*\n/m, ""));
    await eventually(() => cell(4, "name").count()).toBe(0);
  });
});
