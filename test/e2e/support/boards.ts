import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { eventually, type Window } from "./test";
import { exactly, plainSpaces, withoutIcons } from "./text";

/** The Boards view and what its commands ask. Boards are named by their ports. */
export interface Boards {
  /** Brings the view to the front. */
  open(): Promise<void>;
  /** The lines in view: label and description. */
  lines(): Promise<string[]>;
  /** Opens the facts of a board. */
  expand(port: string): Promise<void>;
  /** Presses a button in the line of a board. */
  clickAction(port: string, title: string): Promise<void>;
  /** Chooses an entry of the context menu of a board. */
  clickMenu(port: string, entry: string): Promise<void>;
  /** Accepts the pick of several boards with exactly these. */
  choose(...ports: readonly string[]): Promise<void>;
  /** The buttons of the modal dialog. */
  dialogButtons(): Promise<string[]>;
  /** Presses *Cancel* in the progress that first shows this text, from now on. */
  cancelWhen(text: string): Promise<void>;
  /** Every text that a notification has shown from now on, each once. */
  listen(): Promise<() => Promise<string[]>>;
}

export function boardsOf({ page, quickInput }: Pick<Window, "page" | "quickInput">): Boards {
  const rows = page.locator(".pane-body .monaco-list[aria-label='Boards'] .monaco-list-row");
  const row = (port: string): Locator =>
    rows.filter({ has: page.locator(".label-description, .label-name", { hasText: onPort(port) }) }).first();
  const picks = page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row");
  return {
    async open() {
      await quickInput.run("Crossflash: Focus on Boards View");
      await rows.first().waitFor();
    },
    lines: async () => {
      const texts = await rows.evaluateAll((found) =>
        found.map((line) =>
          [".label-name", ".label-description"]
            .map((part) => line.querySelector(part)?.textContent)
            .join(" "),
        ),
      );
      return texts.map(clean);
    },
    async expand(port) {
      const twistie = row(port).locator(".monaco-tl-twistie");
      await eventually(() => row(port).getAttribute("aria-expanded")).not.toBe(null);
      if ((await row(port).getAttribute("aria-expanded")) === "false") await twistie.click();
      await eventually(() => row(port).getAttribute("aria-expanded")).toBe("true");
    },
    async clickAction(port, title) {
      await row(port).hover();
      await row(port).getByRole("button", { name: title }).click();
    },
    async clickMenu(port, entry) {
      const item = page.getByRole("menuitem", { name: entry, exact: true });
      const isThere = async () => {
        await row(port).click({ button: "right" });
        return item.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
      };
      while (!(await isThere())) await page.keyboard.press("Escape");
      // A menu is deaf to the mouse for its first moments.
      await item.hover();
      await page.keyboard.press("Enter");
    },
    async choose(...ports) {
      await picks.first().waitFor();
      for (const pick of await picks.all()) {
        const text = clean(await pick.locator(".label-description").innerText());
        const isWanted = ports.some((port) => onPort(port).test(text));
        const isChecked = (await pick.getAttribute("aria-checked")) === "true";
        if (isChecked !== isWanted) await pick.click();
      }
      await page.locator(".quick-input-widget:visible").getByRole("button", { name: "OK" }).click();
      await picks.first().waitFor({ state: "hidden" });
    },
    dialogButtons: () => page.locator(".monaco-dialog-box .dialog-buttons .monaco-button").allInnerTexts(),
    cancelWhen: (text) => page.evaluate(cancelProgress, text),
    async listen() {
      await page.evaluate(watchNotifications);
      return () => page.evaluate(() => [...((window as unknown as Watched).shownTexts ?? [])]);
    },
  };
}

interface Watched {
  shownTexts?: Set<string>;
}

/** Runs in the page: progress is gone before anybody could ask for it. */
function watchNotifications(): void {
  const watched = window as unknown as Watched;
  const texts = new Set<string>();
  watched.shownTexts = texts;
  const look = () => {
    for (const message of document.querySelectorAll(".notification-list-item-message"))
      texts.add(message.textContent ?? "");
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}

/** Runs in the page: a job on a virtual board would be over before a click from outside arrived. */
function cancelProgress(text: string): void {
  const look = () => {
    for (const item of document.querySelectorAll(".notification-list-item")) {
      if (!item.textContent?.includes(text)) continue;
      const buttons = [...item.querySelectorAll<HTMLElement>(".monaco-button")];
      const cancel = buttons.find((button) => button.textContent === "Cancel");
      if (!cancel) continue;
      observer.disconnect();
      cancel.click();
      return;
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
}

const clean = (text: string): string => plainSpaces(withoutIcons(text)).replace(/\s+/g, " ");
const onPort = (port: string): RegExp => new RegExp(`(^| )${exactly(port).source.slice(1, -1)}( |$)`);

/** Where the flash of virtual boards lies between two windows. */
const stateFile = ({ workspace }: Pick<Window, "workspace">, name: string): string =>
  join(dirname(workspace.folder), "data/data/User/globalStorage/crossflash.crossflash", name);

/** Makes a virtual board with this name, whose flash is blank or holds this; the windows of a test file share it. */
export async function addVirtualBoard(
  window: Pick<Window, "workspace">,
  name: string,
  flash = new Uint8Array(0x400000).fill(0xff),
): Promise<string> {
  const file = stateFile(window, `virtual-${name}.bin`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, flash);
  return file;
}

/** The same as `eventually`, for what takes a whole job. */
export const afterAJob = <T>(ask: () => T | Promise<T>): ReturnType<typeof expect.poll<T>> =>
  expect.poll(ask, { timeout: 90_000, interval: 200 });
