import type { Fix, Subject } from "../rule";
import { USEFUL_FILESYSTEM } from "./micropython";
import { addRowFix, freeSpaces } from "./space";

/** The fix that makes a filesystem of the largest free space; of equal ones the last, behind everything else. */
export function addVfs(subject: Subject): Fix[] {
  const space = freeSpaces(subject).reduce(
    (best, other) => (best.end - best.offset <= other.end - other.offset ? other : best),
    { offset: 0, end: 0 },
  );
  if (space.end - space.offset < USEFUL_FILESYSTEM) return [];
  return addRowFix(subject, { name: "vfs", words: ["data", "fat"], space });
}
