import type { Page } from "playwright-core";
import { withoutIcons } from "./text";

/** What VS Code says to the user: notifications, the modal dialog, the status bar, output channels. */
export interface Messages {
  /** The texts of the notifications shown. */
  notifications(): Promise<string[]>;
  /** Presses a button of the notification that holds this text. */
  answer(text: string, button: string): Promise<void>;
  /** The text of the modal dialog, once there is one. */
  dialog(): Promise<string>;
  /** Presses a button of the modal dialog. */
  answerDialog(button: string): Promise<void>;
  /** The texts in the status bar, without icons. */
  statusBar(): Promise<string[]>;
}

export function messagesOf(page: Page): Messages {
  const toast = page.locator(".notification-toast");
  const dialog = page.locator(".monaco-dialog-box");
  const button = (name: string) => ({ name, exact: true });
  return {
    notifications: () => toast.locator(".notification-list-item-message").allInnerTexts(),
    answer: (text, name) => toast.filter({ hasText: text }).getByRole("button", button(name)).click(),
    dialog: async () => {
      await dialog.waitFor();
      return (await dialog.locator(".dialog-message-container").allInnerTexts()).join("\n");
    },
    answerDialog: async (name) => {
      await dialog.getByRole("button", button(name)).click();
      await dialog.waitFor({ state: "hidden" });
    },
    statusBar: async () => {
      const texts = await page.locator(".statusbar-item:visible").allInnerTexts();
      return texts.map(withoutIcons).filter((text) => text !== "");
    },
  };
}
