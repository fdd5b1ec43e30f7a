import {
  accessSync,
  constants,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { failure, type Result, success } from "../../core/result";
import type { WriteFault } from "../io";
import { codeOf, reasonOf } from "./reason";

/**
 * Writes beside the file and renames, so that a full disk or a cut leaves the old file whole. Links stay links, and
 * the mode stays; what is no ordinary file (`/dev/null`, a pipe) is written to directly.
 */
export function writeFile(path: string, bytes: Uint8Array): Result<undefined, WriteFault> {
  try {
    const old = statSync(path, { throwIfNoEntry: false });
    if (path === "-") writeAll(1, bytes);
    else if (old && isDevice(old)) writeFileSync(path, bytes);
    else replaceFile(path, old, bytes);
    return success(undefined);
  } catch (error) {
    return failure("unwritable", 0, `Cannot write '${path}': ${reasonOf(error)}. Nothing was changed.`);
  }
}

const isDevice = (stats: Stats): boolean => !stats.isFile() && !stats.isDirectory();

function replaceFile(path: string, old: Stats | undefined, bytes: Uint8Array): void {
  const target = old ? realpathSync(path) : path;
  // Renaming would get round the write protection of a file.
  if (old) accessSync(target, constants.W_OK);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, bytes, { flag: "wx", flush: true, ...modeOf(old) });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

const modeOf = (old: Stats | undefined) => (old ? { mode: old.mode & 0o777 } : {});

/**
 * Writes all of it before it returns: a process that ends must not lose the rest of its report. A reader that has
 * gone away (`| head`) is no fault.
 */
export function writeAll(descriptor: number, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if (codeOf(error) === "EPIPE") return;
      if (codeOf(error) !== "EAGAIN") throw error;
      // A full pipe that another process made non-blocking: wait for its reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
