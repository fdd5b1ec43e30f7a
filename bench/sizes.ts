import { statSync } from "node:fs";
import { basename } from "node:path";
import type { Figure } from "./figure";

const KB = 1024;

/** What is loaded when the editor starts, what the server's process loads, and what users download. */
const budgets: readonly { file: string; beside?: readonly string[]; budget: number }[] = [
  { file: "dist/client/extension.js", budget: 20 * KB },
  { file: "dist/server/main.js", budget: 260 * KB },
  { file: "dist/webview/main.js", beside: ["dist/webview/main.css"], budget: 150 * KB },
  {
    file: "dist/webview/main.js",
    beside: ["dist/webview/main.css", "dist/webview/toolkit.js"],
    budget: 150 * KB,
  },
  { file: "dist/crossflash.vsix", budget: 700 * KB },
];

export const sizeFigures = (): Figure[] =>
  budgets.map(({ file, beside = [], budget }) => {
    const size = [file, ...beside].reduce((sum, part) => sum + statSync(part).size, 0);
    return {
      what: [file, ...beside.map((part) => basename(part))].join(" + "),
      value: kilobytes(size),
      ratio: size / budget,
      budget: kilobytes(budget),
      isOver: size > budget,
    };
  });

const kilobytes = (bytes: number): string => `${(bytes / KB).toFixed(bytes < 10 * KB ? 1 : 0)} KB`;
