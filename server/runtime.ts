import type { StoredFiles } from "../core/project/inspections";

/** The outside world of the server, so that it runs wherever a host can answer these three questions. */
export interface Runtime extends StoredFiles {
  /** Bytes of a file, no more than MAX_FILE; undefined where there is no readable file. */
  read(uri: string): Promise<Uint8Array | undefined>;
  /** What is in a folder; empty where there is no readable one. */
  list(uri: string): Promise<readonly FolderItem[]>;
}

export interface FolderItem {
  readonly name: string;
  readonly isFolder: boolean;
}

/** The process that the server lives in. */
export interface Life {
  exit(code: number): void;
  /** Ends with another process, which may die without a word. */
  endWith(processId: number): void;
}

/** The largest flash is 128 MB; what is longer is no image and no dump, and need not be read to the end to say so. */
export const MAX_FILE = 128 * 1024 * 1024 + 1;
