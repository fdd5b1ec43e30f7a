import type { FrameLocator, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Editor } from "./editor";
import type { QuickInput } from "./quickInput";
import { exactly } from "./text";

export type Handle = "start" | "body" | "end";

/** A page of the flash layout editor. Regions are named as they are drawn. */
export interface Layout {
  /** For what this object has no word. */
  readonly frame: FrameLocator;
  /** Opens the layout of the table in front with the command, and waits until it is drawn. */
  open(): Promise<void>;
  /** Waits until the picture and the toolkit's controls are there. */
  ready(): Promise<void>;
  region(name: string): Locator;
  block(name: string): Locator;
  handle(name: string, handle: Handle): Locator;
  /** The names of the regions, from the lowest address on. */
  names(): Promise<string[]>;
  /** The names of the regions that are selected: one or none. */
  selected(): Promise<string[]>;
  /** The words in little frames behind the name of a region. */
  chips(name: string): Promise<string[]>;
  /** Clicks a region. */
  select(name: string): Promise<void>;
  /** Presses the mouse on an edge of a region, or on the region itself; it stays pressed. */
  grab(name: string, handle: Handle): Promise<void>;
  /** Moves the pressed mouse down the map, or up where negative, by so many pixels at a time, until this is announced. */
  pull(pixels: number, until: string): Promise<void>;
  /** Lets the mouse go. */
  release(): Promise<void>;
  /** Chooses an entry of the menu *Picture*. */
  choosePicture(entry: string): Promise<void>;
  /** Makes the window so large that the page has this size, in CSS pixels. It takes all of the window's growth. */
  resize(width: number, height: number): Promise<void>;
  /** Runs in the page, past its security policy; an expression, as text. */
  run<Result>(script: string): Promise<Result>;
  /** The last sentence for screen readers. */
  announcement(): Promise<string>;
  /** What the page says of the whole table, or of what it refused. */
  notices(): Promise<string[]>;
  readonly inspector: Locator;
  /** A field of the grid; rows count from 0. */
  cell(row: number, column: string): Locator;
  /** The texts of a row of the grid, in the order of the columns. */
  cells(row: number): Promise<string[]>;
  /** Presses keys one after the other, wherever the keyboard is. */
  press(...keys: string[]): Promise<void>;
  /** Presses Tab until the keyboard is on what is named so; in vain, it ends with the page. */
  tabTo(name: string): Promise<void>;
  /** What has the keyboard, as a screen reader names it. */
  focused(): Promise<string>;
  /** Gives the keyboard to the page, or to the text in the first group of editors. */
  focus(): Promise<void>;
  focusText(): Promise<void>;
  /** The exact text of the table, from the editor in the first group; the keyboard comes back. */
  text(): Promise<string>;
}

const patiently = { timeout: 20_000, interval: 50 };
const columns = ["name", "type", "subtype", "offset", "size", "flags"];

/** What the page object needs of the window around the page. */
interface Around {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly editor: Editor;
}

/** The page that was opened as number `index`, from 0, in the groups to the right of the text. */
export function layoutOf({ page, quickInput, editor }: Around, index = 0): Layout {
  const frame = page
    .locator("iframe.webview.ready")
    .nth(index)
    .contentFrame()
    .locator("#active-frame")
    .contentFrame();
  const names = frame.locator(".region .name");
  const region = (name: string): Locator =>
    frame.locator(".region").filter({ has: page.locator(".name", { hasText: exactly(name) }) });
  const block = (name: string): Locator => region(name).locator(".block");
  const handle = (name: string, which: Handle): Locator => region(name).locator(`[data-handle="${which}"]`);
  const announcement = () => frame.locator("[role=status]").innerText();
  const ready = async (): Promise<void> => {
    await names.first().waitFor();
    await frame.locator("vscode-data-grid[role=grid]").waitFor();
  };
  const cell = (row: number, column: string): Locator =>
    frame.locator(`vscode-data-grid-cell:has([data-row="${row}"][data-column="${column}"])`);
  const group = page.locator(".editor-group-container.active");
  // A key that is pressed while the keyboard is handed from one frame to another reaches neither: it is pressed again.
  const pressUntil = (key: string, arrived: () => Promise<boolean>): Promise<void> =>
    expect
      .poll(async () => {
        await page.keyboard.press(key);
        return arrived();
      }, patiently)
      .toBe(true);
  const focus = (): Promise<void> =>
    pressUntil(`Control+${index + 2}`, () => frame.locator("html").evaluate(() => document.hasFocus()));
  const focusText = (): Promise<void> =>
    pressUntil("Control+1", () =>
      group
        .locator(".monaco-editor.focused")
        .waitFor({ timeout: 2_000 })
        .then(() => true)
        .catch(() => false),
    );
  const focused = (): Promise<string> =>
    frame
      .locator("html")
      .evaluate(({ ownerDocument: { activeElement } }) =>
        activeElement?.matches("body, html")
          ? ""
          : (activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "").trim(),
      );
  const run = async <Result>(script: string): Promise<Result> => {
    const html = await frame.locator("html").elementHandle();
    const inner = await html?.ownerFrame();
    if (!inner) throw new Error("The page is not there any more.");
    return inner.evaluate(script);
  };
  const sizeOf = () => run<{ width: number; height: number }>("({ width: innerWidth, height: innerHeight })");
  let [x, y] = [0, 0];

  return {
    frame,
    ready,
    region,
    block,
    handle,
    announcement,
    cell,
    focus,
    focusText,
    open: async () => {
      await quickInput.run("Crossflash: Open Flash Layout");
      await ready();
    },
    names: () => names.allInnerTexts(),
    selected: () => frame.locator('.region:has([aria-pressed="true"]) .name').allInnerTexts(),
    chips: async (name) => {
      const chips = await region(name).locator(".chip").allInnerTexts();
      return chips.map((chip) => chip.trim());
    },
    select: (name) => region(name).locator(".name").click({ force: true }),
    grab: async (name, which) => {
      const grabbed = which === "body" ? region(name).locator(".name") : handle(name, which);
      await grabbed.scrollIntoViewIfNeeded();
      const box = await grabbed.boundingBox();
      if (!box) throw new Error(`'${name}' has no handle '${which}' that can be seen.`);
      [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
    },
    pull: async (pixels, until) => {
      const limit = page.viewportSize()?.height ?? 0;
      for (let said = ""; !said.includes(until); said = await announcement()) {
        y += pixels;
        if (y < 0 || limit < y)
          throw new Error(`The window ends before '${until}' is said; the last was '${said}'.`);
        await page.mouse.move(x, y);
        await run("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
      }
    },
    run,
    choosePicture: async (entry) => {
      await frame.locator(".menu summary").click();
      await frame.getByRole("button", { name: entry, exact: true }).click();
    },
    resize: async (width, height) => {
      const { width: now, height: high } = await sizeOf();
      const window = page.viewportSize() ?? { width: 0, height: 0 };
      await page.setViewportSize({
        width: window.width + width - now,
        height: window.height + height - high,
      });
      await expect.poll(sizeOf, patiently).toEqual({ width, height });
    },
    release: () => page.mouse.up(),
    notices: () => frame.locator(".notice").allInnerTexts(),
    inspector: frame.locator(".inspector"),
    cells: async (row) =>
      Promise.all(columns.map(async (column) => (await cell(row, column).innerText()).trim())),
    focused,
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    tabTo: async (name) => {
      for (let presses = 0; !(await focused()).startsWith(name); presses++) {
        if (presses > 100) throw new Error(`Tab does not lead to '${name}'.`);
        await page.keyboard.press("Tab");
      }
    },
    text: async () => {
      await focusText();
      const text = await editor.text();
      await focus();
      return text;
    },
  };
}
