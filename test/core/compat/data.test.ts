import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { arduinoRows } from "../../../core/compat/data/arduino";
import { emulatedApps, emulatedBootloaders } from "../../../core/compat/data/emulated";
import { features } from "../../../core/compat/data/features";
import { knownCases } from "../../../core/compat/data/knownCases";
import { micropythonRow, micropythonRows } from "../../../core/compat/data/micropython";
import { publishedRows } from "../../../core/compat/data/publishedTable";
import { comparePositions, parseIdfVersion } from "../../../core/compat/idfVersion";

const vector = JSON.parse(readFileSync("test/vectors/compat/versions.json", "utf8"));

/** Without what is not known, as the vector writes it. */
const plain = (row: object) => JSON.parse(JSON.stringify(row));

describe("the data agree with the facts that stand apart from them", () => {
  it("MicroPython and ESP-IDF", () => {
    expect(
      micropythonRows.map(({ source, idfOfNewerChips, ...facts }) =>
        plain({ ...facts, newerChips: idfOfNewerChips }),
      ),
    ).toEqual(vector.micropython);
  });

  it("Arduino and ESP-IDF", () => {
    expect(
      arduinoRows.map(({ core, idf, idfVer, confidence }) => plain({ core, idf, idfVer, confidence })),
    ).toEqual(vector.arduino);
  });

  it("features of ESP-IDF", () => {
    const sinceOf = (rows: readonly { readonly since: readonly string[] }[]) =>
      rows.map(({ since }) => since.join()).sort();
    expect(sinceOf(features)).toEqual(sinceOf(vector.features));
    const since = Object.fromEntries(features.map((row) => [row.feature, row.since]));
    const known = new Map<string, readonly string[]>(
      vector.features.map((row: { what: string; since: readonly string[] }) => [row.what, row.since]),
    );
    expect(since["md5-row"]).toEqual(known.get("MD5 row in the table"));
    expect(since["app-needs-md5-row"]).toEqual(known.get("app insists on an MD5 row"));
    expect(since["chip-revision-limits"]).toEqual(known.get("min/max_chip_rev_full"));
    expect(since.rollback).toEqual(known.get("ota_state, rollback"));
    expect(since["bootloader-descriptor"]).toEqual(known.get("bootloader descriptor at 0x20"));
  });

  it("the published table", () => {
    expect(publishedRows).toEqual(vector.published);
  });

  it("what was emulated", () => {
    expect({ apps: emulatedApps.map(({ idf }) => idf), bootloaders: emulatedBootloaders }).toEqual(
      vector.emulated,
    );
  });
});

describe("every row", () => {
  const versions = [
    ...micropythonRows.flatMap((row) => [
      row.idf,
      row.idfOfNewerChips,
      ...row.supported,
      ...row.experimental,
    ]),
    ...arduinoRows.flatMap(({ idf, idfVer }) => [idf, idfVer]),
    ...features.flatMap(({ since }) => since),
    ...publishedRows.map(({ idf }) => idf),
    ...emulatedApps.map(({ idf }) => idf),
    ...emulatedBootloaders,
    ...knownCases.flatMap(({ bootloader, app }) => [...bootloader, ...app]),
  ];

  it("names versions that can be read", () => {
    expect(versions.filter((text) => text !== undefined && !parseIdfVersion(text))).toEqual([]);
  });

  it("has a source", () => {
    const sources = [...micropythonRows, ...arduinoRows, ...knownCases.map(({ evidence }) => evidence)];
    expect(sources.filter(({ source }) => source.trim() === "")).toEqual([]);
  });

  it("stands in the order of the releases", () => {
    const dates = micropythonRows.map(({ date }) => date);
    expect(dates).toEqual(dates.toSorted());
    const cores = arduinoRows.flatMap(({ core }) => parseIdfVersion(core) ?? []);
    expect(cores).toHaveLength(arduinoRows.length);
    expect(cores).toEqual(cores.toSorted((a, b) => comparePositions(a.low, b.low)));
  });

  it("of the published table is of a release that is listed", () => {
    const releases = publishedRows.flatMap((row) => row.releases);
    expect(releases.filter((release) => !micropythonRow(release))).toEqual([]);
  });
});
