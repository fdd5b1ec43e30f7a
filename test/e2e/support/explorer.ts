import type { Page } from "playwright-core";

/** The files of the workspace. */
export interface Explorer {
  /** Chooses an entry of the context menu of a file that is in view. */
  clickMenu(file: string, entry: string): Promise<void>;
}

export function explorerOf(page: Page): Explorer {
  const rows = page.locator(".explorer-folders-view .monaco-list-row");
  return {
    clickMenu: async (file, entry) => {
      const item = page.getByRole("menuitem", { name: entry, exact: true });
      const isThere = async () => {
        await rows.filter({ hasText: file }).first().click({ button: "right" });
        return item.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
      };
      // What extensions add to menus appears some moments after the window.
      while (!(await isThere())) await page.keyboard.press("Escape");
      // A menu is deaf to the mouse for its first moments, so that the click that opened it chooses nothing.
      await item.hover();
      await page.keyboard.press("Enter");
    },
  };
}
