import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeMicroPython } from "../test/support/imageFixture";
import { tableOfRows } from "../test/support/tables";
import type { Figure } from "./figure";
import { median } from "./measure";

const PAIRS = 40;
const BUDGET = 1.3;

/** `crossflash check` as a whole process against a Node that does nothing, in turns: both meet the same machine. */
export function processFigures(): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), "crossflash-bench-"));
  const table = join(folder, "partitions.csv");
  const binary = join(folder, "micropython.bin");
  writeFileSync(table, tableOfRows(20));
  writeFileSync(binary, makeMicroPython({ size: 0xf0000, flashSize: "16MB" }));
  const check = ["dist/cli/main.js", "check", table];
  const figures = [
    figureOf("crossflash check, 20 rows", check),
    figureOf("crossflash check, 20 rows and a binary of 960 KB", [...check, "--micropython", binary]),
  ];
  rmSync(folder, { recursive: true });
  return figures;
}

function figureOf(what: string, args: readonly string[]): Figure {
  const pairs = Array.from({ length: PAIRS }, () => ({
    idle: millisecondsOf(["-e", "0"]),
    own: millisecondsOf(args),
  }));
  const ratio = median(pairs.map(({ idle, own }) => own / idle));
  const value = `${median(pairs.map(({ own }) => own)).toFixed(0)} ms`;
  return { what, value, ratio, budget: `${BUDGET}`, isOver: ratio > BUDGET };
}

function millisecondsOf(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  // 1: problems were found, as in any table that somebody works on.
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}
