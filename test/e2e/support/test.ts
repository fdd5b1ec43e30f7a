import { join } from "node:path";
import { afterAll, test as base, beforeAll, expect } from "vitest";
import { findChromium } from "../../../scripts/vscode/chromium.mjs";
import { repository } from "../../../scripts/vscode/install.mjs";
import { type Host, startHost } from "./host";
import { openWorkbench, type Workbench } from "./workbench";
import { copyWorkspace, type Workspace } from "./workspace";

export { expect };

/** A window of VS Code on a copy of a folder. */
export interface Window extends Workbench {
  readonly workspace: Workspace;
  /** The `host:port` of every connection to another machine that an extension has made in this test file. */
  connections(): Promise<string[]>;
}

export interface Opening {
  /** A file to have open from the start, relative to the folder. */
  readonly file?: string;
  /** User settings on top of the quiet ones of all tests. */
  readonly settings?: Record<string, unknown>;
  /** Files to write into the copy before it is opened, by their paths in it. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Opens a copy of a folder, named from the root of the repository, in a fresh window. */
export type OpenFolder = (folder: string, opening?: Opening) => Promise<Window>;

const chromium = findChromium();
let host: Host | undefined;

beforeAll(async () => {
  if (chromium) host = await startHost(chromium);
});
afterAll(() => host?.stop());

const openFolder =
  ({ server, browser, connections, writeSettings, runFolder }: Host): OpenFolder =>
  async (from, { file, settings = {}, files = {} } = {}) => {
    await writeSettings(settings);
    const workspace = await copyWorkspace(from, runFolder);
    for (const [path, content] of Object.entries(files)) await workspace.write(path, content);
    const address = server.address(workspace.folder, file && join(workspace.folder, file));
    return { ...(await openWorkbench(browser, address)), workspace, connections };
  };

/** A failed test leaves a picture of every window it had. */
async function photograph({ browser }: Host, test: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries())
    await page.screenshot({ path: join(repository, "out/e2e", `${test.replace(/\W+/g, "-")}-${index}.png`) });
}

const withWindows = base.extend<{ openFolder: OpenFolder }>({
  openFolder: async ({ task }, use) => {
    if (!host) throw new Error("VS Code has not been started.");
    await use(openFolder(host));
    if (task.result?.state === "fail") await photograph(host, task.name);
    for (const context of host.browser.contexts()) await context.close();
  },
});

/** A test in a real VS Code. Without a browser on this machine it is skipped, by name. */
export const test: typeof withWindows.skip = withWindows.skipIf(!chromium);

/** Asks again until the answer is as expected: an editor needs its moment, and nobody knows how long. */
export const eventually = <T>(ask: () => T | Promise<T>): ReturnType<typeof expect.poll<T>> =>
  expect.poll(ask, { timeout: 20_000, interval: 100 });
