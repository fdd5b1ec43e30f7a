import type { Page } from "playwright-core";
import type { QuickInput } from "./quickInput";

/** One row of the Problems view; line and column count from 1, as it shows them. */
export interface ProblemRow {
  readonly severity: string;
  readonly message: string;
  readonly code: string;
  readonly line: number;
  readonly column: number;
}

export interface Problems {
  /** The rows of the Problems view, in its order. The focus stays in the editor. */
  rows(): Promise<ProblemRow[]>;
}

export function problemsOf(page: Page, quickInput: QuickInput): Problems {
  const view = page.locator(".markers-panel");
  /** The view takes the focus some moments after it has appeared; a later command has it back for good. */
  const open = async () => {
    await quickInput.run("Problems: Focus on Problems View");
    await page.locator(".markers-panel:focus-within").waitFor();
    await quickInput.run("View: Focus Active Editor Group");
    await page.locator(".editor-group-container.active:focus-within").waitFor();
  };
  return {
    rows: async () => {
      if (!(await view.isVisible())) await open();
      const rows = await view.locator(".monaco-list-row:has(.marker-icon)").evaluateAll((found) =>
        found.map((row) => ({
          severity: /codicon-(error|warning|info)/.exec(row.innerHTML)?.[1] ?? "",
          message: row.querySelector(".marker-message")?.textContent ?? "",
          code: row.querySelector(".marker-code")?.textContent ?? "",
          place: row.querySelector(".marker-line")?.textContent?.match(/\d+/g) ?? [],
        })),
      );
      return rows.map(({ place, ...row }) => ({ ...row, line: Number(place[0]), column: Number(place[1]) }));
    },
  };
}
