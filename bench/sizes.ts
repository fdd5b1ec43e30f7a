import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Figure } from "./figure";

const KB = 1024;

/** What is loaded when the editor starts, what the server's process loads, and what users download. */
const budgets: readonly {
  file: string;
  beside?: readonly string[];
  /** Counts nothing of these files, which are packed into the first one. */
  packed?: readonly string[];
  budget: number;
}[] = [
  { file: "dist/client/extension.js", budget: 20 * KB },
  { file: "dist/server/main.js", budget: 260 * KB },
  { file: "dist/webview/main.js", beside: ["dist/webview/main.css"], budget: 150 * KB },
  {
    file: "dist/webview/main.js",
    beside: ["dist/webview/main.css", "dist/webview/toolkit.js"],
    budget: 150 * KB,
  },
  { file: "dist/webview/simulation.js", beside: ["dist/webview/simulation.css"], budget: 150 * KB },
  // Planner and simulator, loaded with the first simulation.
  { file: "dist/server/simulation.js", budget: 320 * KB },
  { file: "dist/device/index.js", budget: 400 * KB },
  { file: "dist/device/otaServer/index.js", budget: 40 * KB },
  { file: "dist/device/rehearsal/index.js", budget: 280 * KB },
  { file: "dist/device/otaServer/authority.js", budget: 220 * KB },
  // The native part of serialport for seven platforms is not ours to make smaller.
  { file: "dist/crossflash.vsix", packed: nativeParts(), budget: 700 * KB },
];

function nativeParts(): readonly string[] {
  const folder = "dist/prebuilds";
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

const sizeOf = (file: string): number => statSync(file).size;

/** As in the package. */
const packedSizeOf = (file: string): number => deflateRawSync(readFileSync(file)).length;

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

export const sizeFigures = (): Figure[] =>
  budgets.map(({ file, beside = [], packed = [], budget }) => {
    const size = sum([file, ...beside].map(sizeOf)) - sum(packed.map(packedSizeOf));
    return {
      what:
        [file, ...beside.map((part) => basename(part))].join(" + ") +
        (packed.length > 0 ? " without native parts" : ""),
      value: kilobytes(size),
      ratio: size / budget,
      budget: kilobytes(budget),
      isOver: size > budget,
    };
  });

const kilobytes = (bytes: number): string => `${(bytes / KB).toFixed(bytes < 10 * KB ? 1 : 0)} KB`;
