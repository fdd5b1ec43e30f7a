import type { Locator, Page } from "playwright-core";
import type { Handle } from "../../../core/edit/drag";
import { exactly } from "../../e2e/support/text";

/** A place in the window, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is seen in the page; regions are named as they are drawn. */
export interface Parts {
  /** Waits for the picture and for the controls of the toolkit. */
  ready(): Promise<void>;
  region(name: string): Locator;
  block(name: string): Locator;
  handle(name: string, handle: Handle): Locator;
  /** A field of the grid; rows count from 0. */
  cell(row: number, column: string): Locator;
  /** A button, by what it is called. */
  button(name: string): Locator;
  /** The names of the regions, from the lowest address on. */
  names(): Promise<string[]>;
  selected(): Promise<string[]>;
  announcement(): Promise<string>;
  /** What has the keyboard, as a screen reader names it; `nothing` where it is lost. */
  focused(): Promise<string>;
  press(...keys: readonly string[]): Promise<void>;
}

export function partsOf(page: Page): Parts {
  const region = (name: string): Locator =>
    page.locator(".region").filter({ has: page.locator(".name", { hasText: exactly(name) }) });
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  return {
    region,
    press,
    ready: async () => {
      await page.locator(".region .name").first().waitFor();
      await page.locator("vscode-data-grid[role=grid]").waitFor();
    },
    block: (name) => region(name).locator(".block"),
    handle: (name, handle) => region(name).locator(`[data-handle="${handle}"]`),
    cell: (row, column) =>
      page.locator(`vscode-data-grid-cell:has([data-row="${row}"][data-column="${column}"])`),
    button: (name) => page.getByRole("button", { name, exact: true }),
    names: () => page.locator(".region .name").allInnerTexts(),
    selected: () => page.locator('.region:has([aria-pressed="true"]) .name').allInnerTexts(),
    announcement: () => page.locator("[role=status]").innerText(),
    focused: () =>
      page.evaluate(() => {
        const focused = document.activeElement;
        if (!focused || focused.matches("body, html")) return "nothing";
        const name = focused.getAttribute("aria-label") ?? focused.id;
        return (name || (focused.textContent ?? "")).trim();
      }),
  };
}

/** The middle of what is drawn, once it is in the window. */
export async function middleOf(drawn: Locator): Promise<Point> {
  await drawn.scrollIntoViewIfNeeded();
  const box = await drawn.boundingBox();
  if (!box) throw new Error("It is not drawn.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
