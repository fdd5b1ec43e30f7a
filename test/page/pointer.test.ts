import type { Locator, Page } from "playwright-core";
import { noLayoutFacts } from "../client/fakeLayout";
import type { OpenPage } from "./support/page";
import { middleOf, type Point } from "./support/parts";
import { esp32, otaTable } from "./support/tables";
import { eventually, expect, test } from "./support/test";

/** Presses the mouse on something; it stays pressed. */
async function pressOn({ page, settled }: OpenPage, drawn: Locator): Promise<Point> {
  await settled();
  const { x, y } = await middleOf(drawn);
  await page.mouse.move(x, y);
  await page.mouse.down();
  return { x, y };
}

/** The next release happens where the page is not told of it. */
const releaseUnheard = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    for (const name of ["pointerup", "mouseup"])
      window.addEventListener(name, (event) => event.stopImmediatePropagation(), {
        capture: true,
        once: true,
      });
  });
};

async function checkNothingDragged({ page, settled, changes, layout }: OpenPage): Promise<void> {
  await settled();
  expect(await page.locator(".map.dragging").count()).toBe(0);
  expect(changes()).toBe(0);
  expect(layout.document.text()).toBe(otaTable);
}

test("who presses a block, leaves the map to the side and lets go there drags nothing", async ({
  openLayout,
}) => {
  const opened = await openLayout(otaTable, esp32);
  const { page, block } = opened;
  const { x, y } = await pressOn(opened, block("app0"));
  await page.mouse.move(990, y, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.move(x, y + 60, { steps: 4 });
  await checkNothingDragged(opened);
});

test("who presses a block and lets go outside of the window drags nothing", async ({ openLayout }) => {
  const opened = await openLayout(otaTable, esp32);
  const { page, block } = opened;
  await releaseUnheard(page);
  const { x, y } = await pressOn(opened, block("app0"));
  await page.mouse.move(990, y, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(x, y + 60, { steps: 4 });
  await checkNothingDragged(opened);
});

test("a drag that ends outside of the window goes back", async ({ openLayout }) => {
  const opened = await openLayout(otaTable, esp32);
  const { page, block, handle, announcement } = opened;
  await block("app0").focus();
  await releaseUnheard(page);
  const { x, y } = await pressOn(opened, handle("app0", "end"));
  await page.mouse.move(x, y - 30, { steps: 4 });
  await eventually(announcement).toContain("app0 ends at");
  await page.mouse.up();
  await page.mouse.move(x, y + 60, { steps: 4 });
  await eventually(announcement).toContain("Cancelled");
  await checkNothingDragged(opened);
});

test("a drag that leaves the map ends where it is let go, and is one undo step", async ({ openLayout }) => {
  const opened = await openLayout(otaTable, esp32);
  const { page, block, handle, announcement, layout, changes, settled } = opened;
  await block("app0").focus();
  const { x, y } = await pressOn(opened, handle("app0", "end"));
  await page.mouse.move(x, y - 30, { steps: 4 });
  await page.mouse.move(990, y - 30, { steps: 4 });
  await eventually(announcement).toContain("app0 ends at");
  await page.mouse.up();
  await eventually(() => layout.document.history.length).toBe(1);
  await settled();
  expect(changes()).toBe(1);
  layout.document.undo();
  expect(layout.document.text()).toBe(otaTable);
});

test("without a known flash size the end of the last partition is dragged further down", async ({
  openLayout,
}) => {
  const opened = await openLayout(otaTable, noLayoutFacts);
  const { page, handle, layout, block } = opened;
  await block("vfs").focus();
  const { x, y } = await pressOn(opened, handle("vfs", "end"));
  await page.mouse.move(x, y + 20, { steps: 4 });
  await page.mouse.up();
  const size = () => Number(layout.document.text().match(/^vfs,data,fat,0x2d0000,(\w+)$/m)?.[1]);
  await eventually(size).toBeGreaterThan(0x100000);
});
