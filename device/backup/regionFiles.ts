import type { BackupRegion } from "../../core/job/backup";
import type { FlashRange } from "../../core/job/range";

/** What to read, and what to call it. */
export type NamedRange = FlashRange & { readonly name: string };

/** The regions in order of address, each with a file of its own, of which nothing is read yet. */
export function regionsWithFiles(ranges: readonly NamedRange[]): BackupRegion[] {
  const taken = new Set<string>();
  return ranges
    .toSorted((a, b) => a.address - b.address)
    .map(({ name, address, size }) => {
      const file = freeName(safeName(name), taken);
      taken.add(file.toLowerCase());
      return { name, address, size, file, sha256: undefined };
    });
}

/** Files on Windows and macOS differ by more than the case of their names. */
function freeName(base: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const file = `${base}${count === 1 ? "" : `-${count}`}.bin`;
    if (!taken.has(file.toLowerCase())) return file;
  }
}

/** A label of a table may be anything; what is left is a name on every system. */
function safeName(name: string): string {
  const safe = name.replace(/[^0-9A-Za-z_-]+/g, "_").slice(0, LONGEST_NAME);
  return /^[0-9A-Za-z_]/.test(safe) && !RESERVED.test(safe) ? safe : `region_${safe}`;
}

const LONGEST_NAME = 60;
/** Windows takes these for devices, whatever stands behind the dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
