import type { ChosenBinary } from "../facts";

/** Whether the binary is of this release (`[1, 26]`) or a newer one; undefined where its release is not known. */
export function isAtLeast({ release }: ChosenBinary, wanted: readonly number[]): boolean | undefined {
  if (!release) return undefined;
  const index = wanted.findIndex((number, i) => number !== (release[i] ?? 0));
  return index === -1 || (release[index] ?? 0) > (wanted[index] ?? 0);
}

/** How to call the binary in a message: `MicroPython v1.23.0 (micropython.bin)`. */
export const binaryName = ({ title, name }: ChosenBinary): string =>
  title === "" ? name : `${title} (${name})`;
