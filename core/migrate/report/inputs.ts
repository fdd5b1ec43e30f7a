/** What a file is in a migration, in the order in which a report lists them. */
export type InputRole =
  | "manifest"
  | "source-table"
  | "source-app"
  | "bootloader"
  | "target-table"
  | "header"
  | "repartitioner"
  | "micropython";

/** A file from which the migration follows. */
export interface InputFile {
  /** As people name it: the path in the manifest, or what they gave on the command line. */
  readonly name: string;
  readonly role: InputRole;
  /** Bytes. */
  readonly size: number;
  /** Of the file as it is; 64 hexadecimal digits, lower case. */
  readonly sha256: string;
}

interface RoleFacts {
  readonly title: string;
  /** Without it nobody knows what is signed. */
  readonly isNeeded: boolean;
  /** A text counts by what it says: comments and ends of lines differ from machine to machine. */
  readonly isText: boolean;
}

export const inputRoles: Readonly<Record<InputRole, RoleFacts>> = {
  manifest: { title: "Manifest", isNeeded: false, isText: true },
  "source-table": { title: "Table of the devices", isNeeded: true, isText: true },
  "source-app": { title: "App of the devices", isNeeded: false, isText: false },
  bootloader: { title: "Bootloader of the devices", isNeeded: false, isText: false },
  "target-table": { title: "Target table", isNeeded: true, isText: true },
  header: { title: "Header of the repartitioner", isNeeded: false, isText: true },
  repartitioner: { title: "Repartitioner", isNeeded: true, isText: false },
  micropython: { title: "MicroPython", isNeeded: true, isText: false },
};

const roleNames = Object.keys(inputRoles) as readonly InputRole[];

/** In the order of their roles; several files of one role by their hash, so that the order says nothing. */
export const sortedInputs = (inputs: readonly InputFile[]): readonly InputFile[] =>
  inputs.toSorted(
    (a, b) => roleNames.indexOf(a.role) - roleNames.indexOf(b.role) || (a.sha256 < b.sha256 ? -1 : 1),
  );

/** Titles of the files that are needed and not there. */
export const missingInputs = (inputs: readonly InputFile[]): readonly string[] =>
  roleNames
    .filter((role) => inputRoles[role].isNeeded && inputs.every((input) => input.role !== role))
    .map((role) => inputRoles[role].title);
