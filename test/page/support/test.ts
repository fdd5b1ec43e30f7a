import { type Browser, chromium } from "playwright-core";
import { test as base, expect } from "vitest";
import { findChromium } from "../../../scripts/vscode/chromium.mjs";
import { pageFiles } from "./files";
import { type OpenLayout, openLayout } from "./page";
import { type OpenSimulation, openSimulation } from "./simulation";

export { expect };

const executablePath = findChromium();

/** A browser for all tests, with the files of the page. */
interface Started {
  readonly browser: Browser;
  readonly open: OpenLayout;
  readonly simulate: OpenSimulation;
}

// What a fixture needs, vitest reads from its pattern.
const withBrowser = base.extend<{ $worker: { started: Started } }>({
  started: [
    // biome-ignore lint/correctness/noEmptyPattern: it needs nothing.
    async ({}, use) => {
      const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
      const files = await pageFiles();
      await use({ browser, open: openLayout(browser, files), simulate: openSimulation(browser, files) });
      await browser.close();
    },
    { scope: "worker" },
  ],
});

const withPages = withBrowser.extend<{ openLayout: OpenLayout; openSimulation: OpenSimulation }>({
  openLayout: async ({ started: { browser, open } }, use) => {
    const errors: (readonly string[])[] = [];
    await use(async (...what) => {
      const opened = await open(...what);
      errors.push(opened.errors, opened.layout.log);
      return opened;
    });
    for (const context of browser.contexts()) await context.close();
    expect(errors.flat(), "what went wrong in the page").toEqual([]);
  },
  openSimulation: async ({ started: { browser, simulate } }, use) => {
    const errors: (readonly string[])[] = [];
    await use(async (...what) => {
      const opened = await simulate(...what);
      errors.push(opened.errors);
      return opened;
    });
    for (const context of browser.contexts()) await context.close();
    expect(errors.flat(), "what went wrong in the page").toEqual([]);
  },
});

/** A test of the real page. Without a browser on this machine it is skipped, by name. */
export const test: typeof withPages.skip = withPages.skipIf(!executablePath);

/** Asks again until the answer is as expected: a browser needs its moment, and nobody knows how long. */
export const eventually = <T>(ask: () => T | Promise<T>): ReturnType<typeof expect.poll<T>> =>
  expect.poll(ask, { timeout: 5000, interval: 20 });
