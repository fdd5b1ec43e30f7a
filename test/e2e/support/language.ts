import type { Page } from "playwright-core";
import type { Editor } from "./editor";
import { exactly, plainSpaces } from "./text";

export type Severity = "error" | "warning" | "info";

/** What the language server puts into the active editor. */
export interface Language {
  /** How many underlines of this severity are in view. */
  squiggles(severity: Severity): Promise<number>;
  /** The titles of the quick fixes at a place. */
  fixes(line: number, column: number): Promise<string[]>;
  /** Applies the quick fix with this title. */
  fix(line: number, column: number, title: string): Promise<void>;
  /** The CodeLens titles in view. */
  lenses(): Promise<string[]>;
  clickLens(title: string): Promise<void>;
  /** The hover text at a place. */
  hover(line: number, column: number): Promise<string>;
  /** The labels of the completions at the cursor. */
  completions(): Promise<string[]>;
  /** Takes the completion with this label. */
  complete(label: string): Promise<void>;
}

export function languageOf(page: Page, editor: Editor): Language {
  const fixRows = page.locator(".action-widget .monaco-list-row.action");
  const lenses = page.locator(".codelens-decoration a");
  const suggestions = page.locator(".suggest-widget.visible .monaco-list-row");
  const hover = page.locator(".monaco-hover:visible .monaco-hover-content");

  const openFixes = async (line: number, column: number) => {
    await editor.goTo(line, column);
    await page.keyboard.press("Control+.");
    await fixRows.first().waitFor();
  };
  const openCompletions = async () => {
    await page.keyboard.press("Control+Space");
    await suggestions.first().waitFor();
  };

  return {
    squiggles: (severity) => page.locator(`.editor-group-container.active .squiggly-${severity}`).count(),
    fixes: async (line, column) => {
      await openFixes(line, column);
      const titles = await fixRows.allInnerTexts();
      await page.keyboard.press("Escape");
      return titles.map((title) => title.trim());
    },
    fix: async (line, column, title) => {
      await openFixes(line, column);
      const row = fixRows.filter({ hasText: exactly(title) });
      // The menu lies under a shield against stray clicks until the mouse has moved.
      await row.hover({ force: true });
      await row.click();
      await fixRows.first().waitFor({ state: "hidden" });
    },
    lenses: async () => (await lenses.allInnerTexts()).map(plainSpaces),
    clickLens: (title) => lenses.filter({ hasText: title }).first().click(),
    hover: async (line, column) => {
      await editor.goTo(line, column);
      await page.keyboard.press("Control+K");
      await page.keyboard.press("Control+I");
      await hover.first().waitFor();
      return plainSpaces((await hover.allInnerTexts()).join("\n"));
    },
    completions: async () => {
      await openCompletions();
      const labels = await suggestions.locator(".label-name").allInnerTexts();
      await page.keyboard.press("Escape");
      return labels;
    },
    complete: async (label) => {
      await openCompletions();
      await suggestions.filter({ has: page.locator(".label-name", { hasText: exactly(label) }) }).click();
    },
  };
}
