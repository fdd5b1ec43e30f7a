import type { Browser, Page } from "playwright-core";
import { type Editor, editorOf } from "./editor";
import { type Language, languageOf } from "./language";
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
  /** Every other machine the page has asked for anything. */
  readonly externalHosts: ReadonlySet<string>;
}

/** Opens VS Code in a browser profile of its own, and waits until it has restored its parts. */
export async function openWorkbench(browser: Browser, address: string): Promise<Workbench> {
  const context = await browser.newContext({
    viewport: { width: 1600, height: 1200 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const externalHosts = new Set<string>();
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") externalHosts.add(hostname);
  });
  const page = await context.newPage();
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
    externalHosts,
  };
}
