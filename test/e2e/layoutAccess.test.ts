import { graveViolations } from "./support/accessibility";
import { migrationExample } from "./support/migrationExample";
import { eventually, expect, type OpenFolder, test } from "./support/test";

const themes = [
  "Default Dark Modern",
  "Default Light Modern",
  "Default High Contrast",
  "Default High Contrast Light",
];

const [folder, { files = {} }] = migrationExample;

/** An overlap, a slot that is too small, a row without a place, something beyond the end of flash. */
const mistaken = `nvs, data, nvs, 0x9000, 0x5000,
otadata, data, ota, 0xe000, 0x1000,
app0, app, ota_0, 0x10000, 0x140000,
app1, app, ota_1, 0x140000, 0x140000,
vfs, data, fat, 0x2e0000, 1M,
lost, data, nvs, 0x3e0000, ,
far, data, nvs, 0x3f0000, 128K,
`;

/** The layout of a table alone in the window. */
async function openAlone(openFolder: OpenFolder, table: string | undefined, theme?: string) {
  const window = await openFolder(folder, {
    files: table === undefined ? files : { ...files, "partitions.csv": table },
    ...(theme === undefined ? {} : { settings: { "workbench.colorTheme": theme } }),
  });
  await window.explorer.clickMenu("partitions.csv", "Open Flash Layout");
  const layout = window.layout();
  await layout.ready();
  await window.quickInput.run("View: Toggle Primary Side Bar Visibility");
  return { window, layout };
}

for (const theme of themes) {
  test(`axe-core finds nothing serious in ${theme}`, async ({ openFolder }) => {
    const { layout } = await openAlone(openFolder, mistaken, theme);
    expect.soft(await graveViolations(layout), "nothing selected").toEqual([]);
    await layout.select("app1");
    await eventually(layout.selected).toEqual(["app1"]);
    expect.soft(await graveViolations(layout), "a partition with problems").toEqual([]);
    await layout.resize(320, 900);
    expect.soft(await graveViolations(layout), "320 px wide").toEqual([]);
  });
}

/** The widths and heights of a page: usual, of a window of 1280 by 1024 at 200 %, and of the narrowest panel. */
const sizes = [
  [1000, 800],
  [640, 512],
  [320, 800],
] as const;

test("nothing is cut off or covered, also at 200 % zoom and 320 px wide", async ({ openFolder }) => {
  const { window, layout } = await openAlone(openFolder, mistaken);
  for (const [width, height] of sizes) {
    const size = `${width} x ${height}`;
    await layout.resize(width, height);
    expect.soft(await layout.run("document.documentElement.scrollWidth"), size).toBe(width);
    expect.soft(await layout.run(cutOff), size).toEqual([]);
    await layout.block("Reserved").focus();
    for (const name of await layout.names()) {
      expect.soft(await layout.focused(), size).toMatch(`${name},`);
      expect.soft(await layout.run(isCovered), `${name}, ${size}`).toBe("");
      await window.page.keyboard.press("ArrowDown");
    }
  }
});

/** What reaches over the right edge of the page, or out of a box that hides it; the grid of rows scrolls in its own. */
const cutOff = `[...document.querySelectorAll("main *")]
  .filter((element) => !element.closest(".grid-frame, .unseen, svg, .message, .fill-words, vscode-button"))
  .filter((element) => element.getBoundingClientRect().right > innerWidth || element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "hidden")
  .map((element) => element.outerHTML.slice(0, 80))`;

/** What lies over the name of the region that has the keyboard. */
const isCovered = `(() => {
  const region = document.activeElement.closest(".region");
  const { left, top } = region.querySelector(".name").getBoundingClientRect();
  const hit = document.elementFromPoint(left + 4, top + 8);
  return region.contains(hit) ? "" : (hit?.outerHTML.slice(0, 120) ?? "outside");
})()`;

test("who wants no motion gets none", async ({ openFolder }) => {
  const { window, layout } = await openAlone(openFolder, undefined);
  const duration = () => layout.run("getComputedStyle(document.querySelector('.region')).transitionDuration");
  expect(await duration()).toContain("0.12s");
  await window.page.emulateMedia({ reducedMotion: "reduce" });
  await eventually(duration).toBe("0s");
});
