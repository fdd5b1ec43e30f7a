import { statSync } from "node:fs";
import type { Figure } from "./figure";

const KB = 1024;

/** What is loaded when the editor starts, what the server's process loads, and what users download. */
const budgets = [
  { file: "dist/client/extension.js", budget: 20 * KB },
  { file: "dist/server/main.js", budget: 260 * KB },
  { file: "dist/crossflash.vsix", budget: 700 * KB },
];

export const sizeFigures = (): Figure[] =>
  budgets.map(({ file, budget }) => {
    const { size } = statSync(file);
    return {
      what: file,
      value: kilobytes(size),
      ratio: size / budget,
      budget: kilobytes(budget),
      isOver: size > budget,
    };
  });

const kilobytes = (bytes: number): string => `${(bytes / KB).toFixed(bytes < 10 * KB ? 1 : 0)} KB`;
