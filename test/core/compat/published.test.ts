import { describe, expect, it, test } from "vitest";
import { bootloaderVersion } from "../../../core/compat/bootloaderVersion";
import { publishedRows } from "../../../core/compat/data/publishedTable";
import type { Verdict } from "../../../core/compat/evidence";
import { verdict } from "../../../core/compat/verdict";
import { image, question, versionOf } from "./questions";

/** One cell: a bootloader, a release, and which ESP-IDF the release must then be built with ("" for its downloads). */
type Cell = readonly [bootloader: string, release: string, expected: Verdict, buildWith: string];

/**
 * Every cell of the published table, the empty ones by the rule that stands beside it: the ESP-IDF of the app is at least
 * the bootloader's, of the same major version. (1.15 and later are of v4.0.2 and later, so they fit v4.0.1 too.)
 */
const CELLS: readonly Cell[] = [
  ["v4.2", "1.12", "refused", ""],
  ["v4.2", "1.13", "refused", ""],
  ["v4.2", "1.14", "refused", ""],
  ["v4.2", "1.15", "supported", "v4.2"],
  ["v4.2", "1.16", "supported", "v4.2"],
  ["v4.2", "1.17", "supported", ""],
  ["v4.2", "1.18", "supported", ""],
  ["v4.1.1", "1.12", "refused", ""],
  ["v4.1.1", "1.13", "refused", ""],
  ["v4.1.1", "1.14", "refused", ""],
  ["v4.1.1", "1.15", "supported", "v4.1.1"],
  ["v4.1.1", "1.16", "supported", "v4.1.1"],
  ["v4.1.1", "1.17", "supported", ""],
  ["v4.1.1", "1.18", "supported", ""],
  ["v4.0.2", "1.12", "refused", ""],
  ["v4.0.2", "1.13", "refused", ""],
  ["v4.0.2", "1.14", "refused", ""],
  ["v4.0.2", "1.15", "supported", ""],
  ["v4.0.2", "1.16", "supported", ""],
  ["v4.0.2", "1.17", "supported", ""],
  ["v4.0.2", "1.18", "supported", ""],
  ["v4.0.1", "1.12", "refused", ""],
  ["v4.0.1", "1.13", "supported", "v4.0.1"],
  ["v4.0.1", "1.14", "supported", "v4.0.1"],
  ["v4.0.1", "1.15", "supported", ""],
  ["v4.0.1", "1.16", "supported", ""],
  ["v4.0.1", "1.17", "supported", ""],
  ["v4.0.1", "1.18", "supported", ""],
  ["v3.3.2", "1.12", "supported", "v3.3.2"],
  ["v3.3.2", "1.13", "supported", ""],
  ["v3.3.2", "1.14", "supported", ""],
  ["v3.3.2", "1.15", "refused", ""],
  ["v3.3.2", "1.16", "refused", ""],
  ["v3.3.2", "1.17", "refused", ""],
  ["v3.3.2", "1.18", "refused", ""],
];

describe("the published table", () => {
  it.each(CELLS)("bootloader %s, MicroPython %s: %s %s", (bootloader, release, expected, buildWith) => {
    const answer = versionOf(bootloader, release);
    expect(answer.reason.verdict).toBe(expected);
    expect(answer.buildWith ?? "").toBe(buildWith);
    const { verdict: overall } = verdict(
      question({ bootloader: bootloaderVersion({ idf: bootloader }), app: { release, image: image() } }),
    );
    expect(overall).toBe(expected);
  });

  it("is covered cell by cell, and everything it lists is supported", () => {
    const cells = new Map(CELLS.map(([idf, release, expected]) => [`${idf} ${release}`, expected]));
    expect(cells.size).toBe(publishedRows.length * 7);
    const listed = publishedRows.flatMap(({ idf, releases }) =>
      releases.map((release) => `${idf} ${release}`),
    );
    expect(listed.map((cell) => cells.get(cell))).toEqual(listed.map(() => "supported"));
  });

  it("is cited where it lists the pair", () => {
    const { evidence } = versionOf("v3.3.2", "1.12").reason;
    expect(evidence).toContainEqual({
      kind: "reported",
      source: '"Over-the-air switch from ESP-IDF to micropython"',
      sentence: "Its table lists MicroPython 1.12 for ESP-IDF v3.3.2.",
    });
    expect(evidence.map(({ sentence }) => sentence)).toContain(
      "MicroPython 1.12 names ESP-IDF v3.3, not v3.3.2.",
    );
  });
});

test("its example: no release fits the bootloader of Arduino 1.0.6", () => {
  for (const bootloader of ["arduino 1.0.6", "v3.3.5", "v3.3.5-1-g85c43024c"]) {
    for (const release of ["1.12", "1.13", "1.14", "1.15", "1.16", "1.17", "1.18"])
      expect(versionOf(bootloader, release).reason.verdict).toBe("refused");
    expect(versionOf(bootloader, "image v3.3.5").reason.verdict).toBe("supported");
  }
});

test("its limit: a bootloader of v3.3.2 cannot run a MicroPython of v4, which no documentation says", () => {
  const { reason } = versionOf("v3.3.2", "image v4.2.4");
  expect(reason.verdict).toBe("refused");
  expect(reason.evidence.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["reported", "documented", "emulated", "measured"]),
  );
});
