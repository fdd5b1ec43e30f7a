import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, reasonOf } from "../../core/text/reason";
import { BoardFault } from "../flasher/fault";

/** The flash of virtual boards between two processes: one file a board, exactly as long as its flash. */
export interface FlashFiles {
  /** Of the boards that were kept. */
  names(): Promise<readonly string[]>;
  /** Undefined for a board that never was kept; a `BoardFault` for a file of another length than `size` bytes. */
  load(name: string, size: number): Promise<Uint8Array | undefined>;
  /** Replaces the file as a whole or leaves it as it was; a `BoardFault` where that cannot be done. */
  save(name: string, flash: Uint8Array): Promise<void>;
}

const FILE = /^virtual(?:-([a-z0-9-]{1,32}))?\.bin$/;

export const flashFiles = (folder: string): FlashFiles => {
  const fileOf = (name: string): string => join(folder, name === "" ? "virtual.bin" : `virtual-${name}.bin`);
  return {
    async names() {
      const files = await readdir(folder).catch(() => []);
      return files.flatMap((file) => {
        const match = FILE.exec(file);
        return match ? [match[1] ?? ""] : [];
      });
    },
    async load(name, size) {
      const file = fileOf(name);
      const flash = await readFile(file).catch((error) => {
        if (codeOf(error) === "ENOENT") return undefined;
        throw refused(`The flash of the virtual board cannot be read from '${file}': ${reasonOf(error)}.`);
      });
      if (!flash || flash.length === size) return flash;
      throw refused(
        `'${file}' is not the flash of a virtual board: it has ${flash.length} bytes instead of ${size}. Delete it to begin with an erased board.`,
      );
    },
    save: (name, flash) => replaceFile(folder, fileOf(name), flash),
  };
};

const replaceFile = async (folder: string, file: string, flash: Uint8Array): Promise<void> => {
  const beside = `${file}.${randomUUID()}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(beside, flash);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw refused(
      `The flash of the virtual board cannot be kept for the next time in '${file}': ${reasonOf(error)}.`,
    );
  }
};

const refused = (message: string): BoardFault => new BoardFault("refused", message);
