import type { Browser, Page } from "playwright-core";
import { origin, type ServedFile } from "./files";

/** A page of the extension in a browser without VS Code. */
export interface BarePage {
  readonly page: Page;
  /** What went wrong in the page, its security policy included. */
  readonly errors: readonly string[];
  /** Posts a message to the page, as its host does. */
  tell(message: unknown): void;
}

/** Opens a page whose messages go to `hear`. */
export async function openBare(
  browser: Browser,
  files: ReadonlyMap<string, ServedFile>,
  name: string,
  hear: (message: unknown, tell: BarePage["tell"]) => void,
): Promise<BarePage> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const errors: string[] = [];
  const tell = (message: unknown): void => {
    // What is told last may find the page closed.
    page.evaluate((told) => window.postMessage(told, "*"), message).catch(() => {});
  };
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
  await page.exposeFunction("hearPage", (message: unknown) => hear(message, tell));
  await page.addInitScript(standIn);
  await context.route(`${origin}/**`, (route) => {
    const file = files.get(route.request().url());
    return file ? route.fulfill(file) : route.fulfill({ status: 404 });
  });
  await page.goto(`${origin}/${name}`);
  return { page, errors, tell };
}

/** What VS Code gives to a page; runs there. What a page keeps is there again when it is loaded anew. */
function standIn(): void {
  const api = {
    postMessage: (message: unknown) =>
      (window as unknown as { hearPage(message: unknown): void }).hearPage(message),
    getState: () => JSON.parse(sessionStorage.getItem("kept") ?? "null") ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem("kept", JSON.stringify(state)),
  };
  Object.assign(window, { acquireVsCodeApi: () => api });
}
