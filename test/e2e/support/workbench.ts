import type { Browser, Page } from "playwright-core";
import { type Editor, editorOf } from "./editor";
import { type Explorer, explorerOf } from "./explorer";
import { type Language, languageOf } from "./language";
import { type Layout, layoutOf } from "./layout";
import { type Messages, messagesOf } from "./messages";
import { type Problems, problemsOf } from "./problems";
import { type QuickInput, quickInputOf } from "./quickInput";

/** VS Code as the person in front of it has it. */
export interface Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly editor: Editor;
  readonly language: Language;
  readonly problems: Problems;
  readonly messages: Messages;
  readonly explorer: Explorer;
  /** The flash layout that was opened as number `index`, from 0. */
  layout(index?: number): Layout;
  /** Every other machine the page has asked for anything. */
  readonly externalHosts: ReadonlySet<string>;
  /** What the browser's console has said since the window was opened. */
  readonly console: readonly string[];
}

/** What webviews load their own files from: VS Code's service worker answers, and nothing leaves the browser. */
const webviewFiles = ".vscode-resource.vscode-cdn.net";

/** Opens VS Code in a browser profile of its own, and waits until it has restored its parts. */
export async function openWorkbench(browser: Browser, address: string): Promise<Workbench> {
  const context = await browser.newContext({
    viewport: { width: 1600, height: 1200 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const externalHosts = new Set<string>();
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isHere = hostname === "127.0.0.1" || hostname.endsWith(webviewFiles);
    if (protocol.startsWith("http") && !isHere) externalHosts.add(hostname);
  });
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.text()} (${message.location().url})`));
  await page.goto(address);
  await page.locator(".monaco-workbench .explorer-folders-view").waitFor();
  const quickInput = quickInputOf(page);
  const editor = editorOf(page);
  return {
    page,
    quickInput,
    editor,
    language: languageOf(page, editor),
    problems: problemsOf(page, quickInput),
    messages: messagesOf(page),
    explorer: explorerOf(page),
    layout: (index) => layoutOf({ page, quickInput, editor }, index),
    externalHosts,
    console: said,
  };
}
