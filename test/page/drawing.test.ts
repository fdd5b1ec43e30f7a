import type { Locator } from "playwright-core";
import type { OpenPage } from "./support/page";
import { esp32, mistaken, otaTable } from "./support/tables";
import { eventually, expect, test } from "./support/test";

/** Little of what overlaps is seen larger than it is, as all that is little. */
const overlapping = `nvs,data,nvs,0x9000,0x5000
app0,app,ota_0,0x10000,0x140000
log,data,nvs,0x150000,0x10000
app1,app,ota_1,0x158000,0x140000
vfs,data,fat,0x300000,0x100000
`;

interface Extent {
  readonly top: number;
  readonly bottom: number;
}

async function extentOf(drawn: Locator): Promise<Extent> {
  const box = await drawn.boundingBox();
  if (!box) throw new Error("It is not drawn.");
  return { top: box.y, bottom: box.y + box.height };
}

/** As far as pixels go that belong to the border of a block. */
const BORDER = 2;

const checkSame = (part: Extent, wanted: Extent): void => {
  expect.soft(Math.abs(part.top - wanted.top), "top").toBeLessThanOrEqual(BORDER);
  expect.soft(Math.abs(part.bottom - wanted.bottom), "bottom").toBeLessThanOrEqual(BORDER);
};

test("an overlap is hatched where both blocks lie", async ({ openLayout }) => {
  const { block, region, button, settled } = await openLayout(overlapping, esp32);
  const checkHatches = async (): Promise<void> => {
    await settled();
    const [log, app1] = [await extentOf(block("log")), await extentOf(block("app1"))];
    const shared = { top: app1.top, bottom: log.bottom };
    expect(shared.bottom - shared.top).toBeGreaterThan(BORDER);
    for (const name of ["log", "app1"]) checkSame(await extentOf(region(name).locator(".hatch")), shared);
  };
  await checkHatches();
  await block("log").click();
  await checkHatches();
  await button("Zoom In").click();
  // What grows takes its moment.
  const isStill = () => region("log").evaluate((element) => element.getAnimations().length === 0);
  await eventually(isStill).toBe(true);
  await checkHatches();
});

/** What names other elements must name some that are there, and each once. */
const brokenReferences = ({ page }: OpenPage): Promise<string[]> =>
  page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    const names = ["aria-describedby", "aria-labelledby", "aria-controls", "for", "list"];
    const broken = names.flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].flatMap((element) =>
        (element.getAttribute(name) ?? "")
          .split(/\s+/)
          .filter((id) => !ids.includes(id))
          .map((id) => `${name}=${id}`),
      ),
    );
    return [...twice.map((id) => `twice: ${id}`), ...broken];
  });

test("no id is there twice, and none is missing", async ({ openLayout }) => {
  const opened = await openLayout(mistaken, esp32);
  const { page, block, cell, layout, names } = opened;
  await eventually(() => page.locator("[aria-describedby]").count()).toBeGreaterThan(2);
  expect.soft(await brokenReferences(opened), "nothing selected").toEqual([]);
  await block("otadata").click();
  await eventually(() => page.locator("#name-field").count()).toBe(1);
  expect.soft(await brokenReferences(opened), "a partition with problems").toEqual([]);
  await cell(0, "subtype").dblclick();
  await eventually(() => page.locator(".field").count()).toBe(1);
  expect.soft(await brokenReferences(opened), "an open field").toEqual([]);
  layout.document.type(otaTable);
  await eventually(names).toContain("vfs");
  expect.soft(await brokenReferences(opened), "without problems").toEqual([]);
});

const markup = ["<i id=x>", "<img src=x>", '"onclick="x', "&lt;&amp;", "${x}{{x}}", "-->]]><!--"];
const hostile = markup.map((name, row) => `${name},data,nvs,${0x9000 + row * 0x1000},0x1000\n`).join("");

test("names are text, whatever they hold", async ({ openLayout }) => {
  const facts = { ...esp32, source: { title: "<img src=x>", text: hostile, fault: "" } };
  const { page, names, block, settled } = await openLayout(hostile, facts);
  expect(await names()).toEqual(expect.arrayContaining(markup));
  for (const name of markup) {
    await block(name).click();
    await eventually(() => page.locator("#inspector-title").innerText()).toBe(name);
    expect(await page.locator("#name-field").inputValue()).toBe(name);
    expect(await block(name).getAttribute("aria-label")).toContain(name);
  }
  await settled();
  expect(await page.locator("main img, #x, main [onclick], main script").count()).toBe(0);
});

test("a page of 320 pixels has nothing beside it", async ({ openLayout }) => {
  const long = `${"w".repeat(16)},data,nvs,0x9000,0x5000\n`;
  const { page, block, layout, names, settled } = await openLayout(otaTable, esp32);
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize({ width: 320, height: 700 });
  for (const text of [otaTable, mistaken, long, hostile, ""]) {
    layout.document.type(text);
    await settled();
    await eventually(width).toBe(320);
    for (const name of (await names()).slice(-2)) {
      await block(name).first().click();
      await settled();
      await eventually(width).toBe(320);
    }
  }
});
