import type { Page } from "playwright-core";
import { plainSpaces } from "./text";

/** The text editor that is active. Lines and columns count from 1, as VS Code shows them. */
export interface Editor {
  /** The exact text, line ends included, whether it is in view or not. */
  text(): Promise<string>;
  /** The lines in view as the eye sees them, inlay hints included. */
  visibleLines(): Promise<string[]>;
  /** The name on the tab. */
  name(): Promise<string>;
  isDirty(): Promise<boolean>;
  goTo(line: number, column?: number): Promise<void>;
  /** Types at the cursor, key by key, as a person does. */
  type(text: string): Promise<void>;
  /** Puts another text in place of a line, in one edit. */
  replaceLine(line: number, text: string): Promise<void>;
  /** Where the cursor is, and how much is selected, as the status bar says it. */
  position(): Promise<string>;
  /** Presses a button in the title bar of the editor, whichever kind it is. */
  clickAction(title: string): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Saves, and waits until the editor says it is saved. */
  save(): Promise<void>;
}

export function editorOf(page: Page): Editor {
  const group = page.locator(".editor-group-container.active");
  const input = group.locator(".editor-instance .monaco-editor textarea.inputarea");
  const tab = group.locator(".tab.active");
  /** The keys go to the editor, wherever the last click went. */
  const press = async (...keys: string[]) => {
    await input.focus();
    for (const key of keys) await page.keyboard.press(key);
  };
  const goTo = async (line: number, column = 1) => {
    await press("Control+G");
    const box = page.locator(".quick-input-widget:visible .quick-input-box input");
    await box.fill(`:${line}:${column}`);
    await box.press("Enter");
    await box.waitFor({ state: "hidden" });
    await page.locator(".statusbar-item", { hasText: new RegExp(`^Ln ${line}, Col `) }).waitFor();
  };

  return {
    goTo,
    text: async () => {
      await page.evaluate((text) => navigator.clipboard.writeText(text), nothingCopied);
      await press("Control+A", "Control+C");
      await page.waitForFunction(
        async (text) => (await navigator.clipboard.readText()) !== text,
        nothingCopied,
      );
      await press("Control+U");
      return page.evaluate(() => navigator.clipboard.readText());
    },
    visibleLines: async () => {
      const lines = await group.locator(".view-line").evaluateAll((found) =>
        found
          .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? "" }))
          .sort((a, b) => a.top - b.top)
          .map((line) => line.text),
      );
      return lines.map(plainSpaces);
    },
    name: async () => (await tab.getAttribute("data-resource-name")) ?? "",
    isDirty: async () => (await tab.and(page.locator(".dirty")).count()) > 0,
    type: async (text) => {
      await input.focus();
      await page.keyboard.type(text);
    },
    replaceLine: async (line, text) => {
      await goTo(line);
      await press("Home", "Shift+End");
      await page.keyboard.insertText(text);
    },
    position: () => page.locator(".statusbar-item", { hasText: /^Ln / }).innerText(),
    clickAction: (title) => group.locator(".editor-actions").getByRole("button", { name: title }).click(),
    undo: () => press("Control+Z"),
    redo: () => press("Control+Shift+Z"),
    save: async () => {
      await press("Control+S");
      await group.locator(".tab.active:not(.dirty)").waitFor();
    },
  };
}

/** Lies in the clipboard until the editor's own text does. */
const nothingCopied = "nothing copied yet";
