import { basename, dirname } from "node:path/posix";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { exactly } from "./text";

/** VS Code's drop-down at the top: command palette, quick pick, input box, file dialog. */
export interface QuickInput {
  /** Runs a command by its full title in the palette, such as `View: Close Editor`. */
  run(title: string): Promise<void>;
  /** The same without the mouse. */
  type(title: string): Promise<void>;
  /** Opens a file of the workspace by its relative path. */
  open(path: string): Promise<void>;
  /** The rows of the pick that is open, each with its label, description and detail in one line. */
  choices(): Promise<string[]>;
  /** Takes the row with this label. */
  pick(label: string): Promise<void>;
  /** Types into the input box that is open, and accepts. */
  enter(text: string): Promise<void>;
  /** Accepts the file dialog's own proposal, once it is this path. */
  acceptPath(path: string): Promise<void>;
  /** What the open drop-down asks: its title, its placeholder, its complaint about the input. */
  prompt(): Promise<string>;
  cancel(): Promise<void>;
}

export function quickInputOf(page: Page): QuickInput {
  const widget = page.locator(".quick-input-widget:visible");
  const input = widget.locator(".quick-input-box input");
  const rows = widget.locator(".quick-input-list .monaco-list-row");
  const labelled = (label: string) =>
    rows.filter({ has: page.locator(".label-name", { hasText: exactly(label) }) });
  /**
   * Commands and files appear some moments after the window, and what is still being restored may take the keyboard
   * away: the list is made anew until it has the row.
   */
  const search = async (keys: string, text: string, row: Locator) => {
    const find = async () => {
      await page.keyboard.press(keys);
      await input.fill(text, { timeout: 3000 });
      await row.waitFor({ timeout: 3000 });
    };
    const isFound = () =>
      find().then(
        () => true,
        () => false,
      );
    while (!(await isFound())) await page.keyboard.press("Escape");
  };

  return {
    run: async (title) => {
      const row = labelled(title).first();
      await search("F1", `>${title}`, row);
      await row.click();
      // The command may ask in the same place: what is read next must not be the palette's own rows.
      await row.waitFor({ state: "hidden" });
    },
    type: async (title) => {
      await search("F1", `>${title}`, labelled(title).and(widget.locator(".monaco-list-row.focused")));
      await page.keyboard.press("Enter");
      await widget.waitFor({ state: "hidden" });
    },
    open: async (path) => {
      const folder = page.locator(".label-description", { hasText: exactly(dirname(path)) });
      const named = labelled(basename(path));
      const row = (path.includes("/") ? named.filter({ has: folder }) : named).first();
      await search("Control+P", path, row);
      await row.click();
      await page.locator(`.tab.active[data-resource-name="${basename(path)}"]`).waitFor();
    },
    pick: (label) => labelled(label).first().click(),
    choices: async () => {
      await rows.first().waitFor();
      return rows.evaluateAll((found) =>
        found.map((row) =>
          [...row.querySelectorAll(".label-name, .label-description")]
            .map((part) => part.textContent)
            .join(" "),
        ),
      );
    },
    enter: async (text) => {
      await input.fill(text);
      await input.press("Enter");
    },
    acceptPath: async (path) => {
      await expect.poll(() => input.inputValue(), { timeout: 20_000 }).toBe(path);
      await input.press("Enter");
    },
    prompt: async () => {
      const asked = widget.locator(".quick-input-title:visible, .quick-input-message:visible");
      await widget.waitFor();
      return [await input.getAttribute("placeholder"), ...(await asked.allInnerTexts())].join("\n").trim();
    },
    cancel: async () => {
      await page.keyboard.press("Escape");
      await widget.waitFor({ state: "hidden" });
    },
  };
}
