import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { failure, type Result, success } from "../../core/result";
import { codeOf, reasonOf } from "../../core/text/reason";
import { STANDARD_STREAM, type WriteFault } from "../io";
import { landingOf } from "./landing";

/**
 * Writes beside the file and renames, so that a full disk or a cut leaves the old file whole. Symbolic links stay
 * links; mode, owner and group stay where the system lets them. Other hard links keep the old content: writing into
 * the file that they share could not be taken back half-way. What is no ordinary file (`/dev/null`, a pipe) is
 * written to directly.
 */
export function writeFile(path: string, bytes: Uint8Array): Result<undefined, WriteFault> {
  try {
    if (path === STANDARD_STREAM) writeAll(1, bytes);
    else writeNamed(path, bytes);
    return success(undefined);
  } catch (error) {
    return failure("unwritable", 0, `Cannot write '${path}': ${reasonOf(error)}. Nothing was changed.`);
  }
}

function writeNamed(path: string, bytes: Uint8Array): void {
  const old = statSync(path, { throwIfNoEntry: false });
  if (old && isDevice(old)) writeFileSync(path, bytes);
  else readyFile(path, bytes).replace();
}

const isDevice = (stats: Stats): boolean => !stats.isFile() && !stats.isDirectory();

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/** A file that is written beside the one whose place it takes. */
export interface ReadyFile {
  replace(): void;
  discard(): void;
}

/** Does all that may fail for want of room or of a right before anything is replaced. */
export function readyFile(path: string, bytes: Uint8Array): ReadyFile {
  const target = isLink(path) ? landingOf(path) : path;
  const old = statSync(target, { throwIfNoEntry: false });
  // Renaming would get round the write protection of a file.
  if (old) accessSync(target, constants.W_OK);
  const { temporary, descriptor } = openBeside(target, old);
  const discard = () => rmSync(temporary, { force: true });
  const orDiscard = (step: () => void) => {
    try {
      step();
    } catch (error) {
      discard();
      throw error;
    }
  };
  orDiscard(() => {
    try {
      writeFileSync(descriptor, bytes);
      if (old) resemble(descriptor, old);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
  return { replace: () => orDiscard(() => renameSync(temporary, target)), discard };
}

const MOST_NAMES = 100;

/** A new file in the same folder; one that is there already is somebody else's. */
function openBeside(target: string, old: Stats | undefined): { temporary: string; descriptor: number } {
  for (let count = 0; ; count++) {
    const temporary = `${target}.${process.pid}${count === 0 ? "" : `-${count}`}.tmp`;
    try {
      return { temporary, descriptor: openSync(temporary, "wx", old && modeOf(old)) };
    } catch (error) {
      if (codeOf(error) !== "EEXIST" || count === MOST_NAMES) throw error;
    }
  }
}

const modeOf = ({ mode }: Stats): number => mode & 0o777;

/** The group by itself: who may not give a file away may still give it to the group that shares it. */
function resemble(descriptor: number, old: Stats): void {
  attempt(() => fchownSync(descriptor, -1, old.gid));
  attempt(() => fchownSync(descriptor, old.uid, old.gid));
  attempt(() => fchmodSync(descriptor, modeOf(old)));
}

/** What an account may not do, or a file system does not know, is no reason not to write. */
function attempt(change: () => void): void {
  try {
    change();
  } catch {}
}

const gone = new Set<number>();

/** Whether nobody reads any more what is written there. */
export const isGone = (descriptor: number): boolean => gone.has(descriptor);

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
      if (codeOf(error) === "EPIPE") {
        gone.add(descriptor);
        return;
      }
      if (codeOf(error) !== "EAGAIN") throw error;
      // A full pipe that another process made non-blocking: wait for its reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
