import type { Confidence } from "../evidence";

/** Which ESP-IDF a release of MicroPython's port to the ESP32 family goes with, as its own files say at the tag. */
export interface MicroPythonRow {
  /** "1.14", as people call it; "master" for the development branch. */
  readonly release: string;
  readonly date: string;
  /** What the project builds with: recommended, and as far as recorded what its downloads for the ESP32 were built with. */
  readonly idf: string;
  /** The same for ESP32-S2, S3 and C3, where it was another one. */
  readonly idfOfNewerChips?: string | undefined;
  /** Stated as supported, besides `idf`. */
  readonly supported: readonly string[];
  /** Named as experimental, or only built in the project's tests. */
  readonly experimental: readonly string[];
  readonly source: string;
  /** How sure it is that the downloads were built with `idf`. */
  readonly confidence: Confidence;
}

const HASHES = "ports/esp32/Makefile at the tag (ESPIDF_SUPHASH)";
const README = "ports/esp32/README.md and tools/ci.sh at the tag";
const CI = "tools/ci.sh at the tag";
const AUTOBUILD = "tools/autobuild and ports/esp32/README.md at the tag";
const LOCKFILES = "ports/esp32/README.md and lockfiles at the tag";
const NOTES_OF_1_24 = `${README}; by the notes of v1.24.0 its downloads were probably built with v5.0.5`;
const MASTER = "commit a76ecd0431 of 2026-07-29";

type Idf = string | readonly [esp32: string, newerChips: string];

const row = (
  release: string,
  date: string,
  idf: Idf,
  supported: string,
  experimental: string,
  source: string,
  confidence: Confidence,
): MicroPythonRow => ({
  release,
  date,
  idf: typeof idf === "string" ? idf : idf[0],
  idfOfNewerChips: typeof idf === "string" ? undefined : idf[1],
  supported: words(supported),
  experimental: words(experimental),
  source,
  confidence,
});

const words = (text: string): readonly string[] => text.split(" ").filter((word) => word !== "");

/** "v4.2.x": the scripts name the branch, not the patch. Oldest first. */
export const micropythonRows: readonly MicroPythonRow[] = [
  row("1.9.4", "2018-05-11", "v3.1-dev-396-g3ede9f01", "", "", HASHES, "high"),
  row("1.10", "2019-01-26", "v3.2-dev-498-g30545f4c", "", "", HASHES, "high"),
  row("1.11", "2019-05-29", "v3.3-beta1-268-g5c88c599", "", "", HASHES, "high"),
  row("1.12", "2019-12-20", "v3.3", "v3.3", "v4.0-beta1", HASHES, "high"),
  row("1.13", "2020-09-02", "v3.3.2", "v3.3.2", "v4.0.1", HASHES, "high"),
  row("1.14", "2021-02-03", "v3.3.2", "v3.3.2", "v4.0.1", HASHES, "high"),
  row("1.15", "2021-04-19", "v4.0.2", "v4.0.2 v4.1.1 v4.2", "v4.3-beta2", README, "medium"),
  row("1.16", "2021-06-18", "v4.0.2", "v4.0.2 v4.1.1 v4.2", "v4.3-beta2", README, "medium"),
  row("1.17", "2021-09-02", ["v4.2.x", "v4.3"], "v4.0.2 v4.1.1 v4.2 v4.3", "", AUTOBUILD, "high"),
  row(
    "1.18",
    "2022-01-17",
    ["v4.2.x", "v4.4"],
    "v4.0.2 v4.1.1 v4.2",
    "v4.4-dev-3513-g142bb32c",
    AUTOBUILD,
    "high",
  ),
  row("1.19", "2022-06-16", ["v4.2.x", "v4.4"], "v4.0.2 v4.1.1 v4.2.2 v4.3.2 v4.4", "", AUTOBUILD, "high"),
  row("1.19.1", "2022-06-17", ["v4.2.x", "v4.4"], "v4.0.2 v4.1.1 v4.2.2 v4.3.2 v4.4", "", AUTOBUILD, "high"),
  row("1.20.0", "2023-04-26", ["v4.2.x", "v4.4"], "v4.0.2 v4.1.1 v4.2.2 v4.3.2 v4.4", "", AUTOBUILD, "high"),
  row("1.21.0", "2023-10-06", "v5.0.2", "v5.0.2", "", README, "high"),
  row("1.22.0", "2023-12-27", "v5.0.4", "v5.0.4 v5.1.2", "", README, "high"),
  row("1.22.1", "2024-01-05", "v5.0.4", "v5.0.4 v5.1.2", "", CI, "high"),
  row("1.22.2", "2024-02-20", "v5.0.4", "v5.0.4 v5.1.2", "", README, "high"),
  row("1.23.0", "2024-05-31", "v5.0.4", "v5.0.4 v5.0.5 v5.1.2 v5.2.0", "", NOTES_OF_1_24, "medium"),
  row("1.24.0", "2024-10-26", "v5.2.2", "v5.0.4 v5.0.5 v5.1.2 v5.2.0 v5.2.2", "", README, "high"),
  row("1.24.1", "2024-11-29", "v5.2.2", "v5.0.4 v5.0.5 v5.1.2 v5.2.0 v5.2.2", "", README, "high"),
  row("1.25.0", "2025-04-16", "v5.2.2", "v5.2 v5.2.2 v5.3 v5.4", "", README, "medium"),
  row("1.26.0", "2025-08-09", "v5.4.2", "v5.2 v5.2.2 v5.3 v5.4 v5.4.1 v5.4.2", "", README, "high"),
  row("1.26.1", "2025-09-11", "v5.4.2", "v5.2 v5.2.2 v5.3 v5.4 v5.4.1 v5.4.2", "", LOCKFILES, "high"),
  row("1.27.0", "2025-12-10", "v5.5.1", "v5.2 v5.2.2 v5.3 v5.4 v5.4.1 v5.4.2 v5.5.1", "", LOCKFILES, "high"),
  row("1.28.0", "2026-04-06", "v5.5.1", "v5.3 v5.4 v5.4.1 v5.4.2 v5.5.1", "", LOCKFILES, "high"),
  row("master", "2026-07-29", "v5.5.5", "v5.3 v5.5.5", "", MASTER, "high"),
];

/** "v1.20.0", "1.20" and "1.20.0" are the same release; undefined where the list has no such row. */
export const micropythonRow = (release: string): MicroPythonRow | undefined => {
  const wanted = releaseKey(release);
  return micropythonRows.find((row) => releaseKey(row.release) === wanted);
};

const releaseKey = (release: string): string =>
  release
    .trim()
    .replace(/^v/i, "")
    .replace(/^(\d+\.\d+)\.0$/, "$1");
