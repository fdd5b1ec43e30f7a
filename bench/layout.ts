import { readFileSync } from "node:fs";
import { chromium, type Page } from "playwright-core";
import { snapshotOf } from "../client/editor/snapshot";
import { analyse } from "../core/analyse";
import { noFacts } from "../core/facts";
import type { LayoutSnapshot } from "../protocol/webview";
import { findChromium } from "../scripts/vscode/chromium.mjs";
import { tableOfRows } from "../test/support/tables";
import type { Figure } from "./figure";

const MOVES = 300;
const FRAME = 4;

/** What the page of the layout editor gets, and what a drag costs it, with as many rows as a table can have. */
export async function layoutFigures(): Promise<Figure[]> {
  return [...[5, 20, 94].map(snapshotFigure), ...(await dragFigures())];
}

function snapshotFigure(rows: number): Figure {
  const bytes = JSON.stringify(snapshotOfRows(rows)).length;
  return { what: `snapshot of ${rows} rows`, value: `${(bytes / 1024).toFixed(1)} KB`, isOver: false };
}

function snapshotOfRows(rows: number): LayoutSnapshot {
  const facts = { ...noFacts, flashSize: 0x1000000, primaryBootloaderOffset: 0x1000 };
  const surroundings = { facts, role: "alone", dependsOn: [] } as const;
  return snapshotOf(analyse(tableOfRows(rows), facts), {
    version: 1,
    title: "partitions.csv",
    surroundings,
    severities: {},
    locked: undefined,
  });
}

/** All that the browser's main thread does for one move of the pointer: script, style, layout and paint. */
async function dragFigures(): Promise<Figure[]> {
  const executablePath = findChromium();
  if (!executablePath) return [{ what: "a drag (skipped: no Chromium)", value: "", isOver: false }];
  const browser = await chromium.launch({ executablePath });
  const page = await browser.newPage({ viewport: { width: 700, height: 900 } });
  const figures: Figure[] = [];
  for (const rows of [5, 20, 94]) {
    await showPage(page, snapshotOfRows(rows));
    const milliseconds = await dragEdge(page);
    figures.push({
      what: `a frame of a drag, ${rows} rows`,
      value: `${milliseconds.toFixed(2)} ms`,
      ratio: milliseconds / FRAME,
      budget: `${FRAME} ms`,
      isOver: milliseconds > FRAME,
    });
  }
  await browser.close();
  return figures;
}

async function showPage(page: Page, snapshot: LayoutSnapshot): Promise<void> {
  await page.goto("about:blank");
  await page.setContent('<!doctype html><html lang="en"><body><div id="app"></div></body></html>');
  await page.addStyleTag({ content: readFileSync("dist/webview/main.css", "utf8") });
  await page.evaluate((answer) => {
    const api = {
      postMessage: ({ name }: { name: string }) => {
        if (name === "ready") window.postMessage({ name: "snapshot", params: answer }, "*");
      },
      getState: () => undefined,
      setState: () => undefined,
    };
    Object.assign(window, { acquireVsCodeApi: () => api });
  }, snapshot);
  for (const script of ["main", "toolkit"])
    await page.addScriptTag({ content: readFileSync(`dist/webview/${script}.js`, "utf8") });
  await page.locator(".map .block").first().waitFor();
}

/** Moves the boundary of the two slots up and down, and gives the milliseconds of main thread for each move. */
async function dragEdge(page: Page): Promise<number> {
  const edge = page.locator('.map [data-row="3"][data-handle="end"]');
  await edge.scrollIntoViewIfNeeded();
  const box = await edge.boundingBox();
  if (!box) throw new Error("The map shows no edge to drag.");
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const busy = async (): Promise<number> => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    const seconds = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    // What the page would not do without somebody who measures it.
    return seconds("TaskDuration") - seconds("DevToolsCommandDuration");
  };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let move = 1; move < 20; move++) await page.mouse.move(at.x, at.y - move);
  const before = await busy();
  for (let move = 0; move < MOVES; move++) await page.mouse.move(at.x, at.y - 6 - (move % 20));
  const after = await busy();
  await page.mouse.up();
  return ((after - before) * 1000) / MOVES;
}
