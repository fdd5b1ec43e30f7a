import { spawnSync } from "node:child_process";
import type { TestContext } from "vitest";

/** Whether a program can be run. */
export const runs = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args).status === 0;

/** The pseudo-terminals of the tests need it. */
const hasPython = process.platform !== "win32" && runs("python3", "--version");

export const needsPython = ({ skip, task }: TestContext): void => {
  if (hasPython) return;
  console.log(`Skipped, because there is no python3: ${task.name}`);
  skip();
};
