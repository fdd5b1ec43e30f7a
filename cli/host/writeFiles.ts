import { mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { type Failure, failure, type Result, success } from "../../core/result";
import { reasonOf } from "../../core/text/reason";
import type { NewFile, WriteFault } from "../io";
import { type ReadyFile, readyFile } from "./writeFile";

/**
 * Writes several files and makes the folders that they need. All are written beside their places first, so that where one
 * of them cannot be, none is, and no folder is left.
 */
export function writeFiles(files: readonly NewFile[]): Result<undefined, WriteFault> {
  const undo: (() => void)[] = [];
  const ready: ReadyFile[] = [];
  for (const { path, bytes } of files)
    try {
      undo.unshift(makeFolder(path));
      const file = readyFile(path, bytes);
      undo.unshift(file.discard);
      ready.push(file);
    } catch (error) {
      for (const step of undo) step();
      return unwritable(path, error, "Nothing was changed.");
    }
  return replaceAll(files, ready);
}

/** Gives the way back. */
function makeFolder(path: string): () => void {
  const old = statSync(path, { throwIfNoEntry: false });
  if (old && !old.isFile()) throw new Error("it is no ordinary file");
  const made = mkdirSync(dirname(path), { recursive: true });
  return () => {
    if (made !== undefined) rmSync(made, { recursive: true });
  };
}

/** A rename beside a file that could be written hardly ever fails; where it does, there is no way back for the others. */
function replaceAll(files: readonly NewFile[], ready: readonly ReadyFile[]): Result<undefined, WriteFault> {
  for (const [index, { path }] of files.entries())
    try {
      ready[index]?.replace();
    } catch (error) {
      for (const { discard } of ready.slice(index)) discard();
      const done = files.slice(0, index).map((file) => `'${file.path}'`);
      const state = done.length === 0 ? "Nothing was changed." : `Written was only ${done.join(", ")}.`;
      return unwritable(path, error, state);
    }
  return success(undefined);
}

const unwritable = (path: string, error: unknown, state: string): Failure<WriteFault> =>
  failure("unwritable", 0, `Cannot write '${path}': ${reasonOf(error)}. ${state}`);
