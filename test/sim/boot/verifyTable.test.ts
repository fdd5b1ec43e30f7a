import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseFlashSize } from "../../../core/chip/flashSize";
import { bootloaderTraits } from "../../../core/sim/boot/model";
import { verifyTable } from "../../../core/sim/boot/verifyTable";
import { concat } from "../../support/bytes";
import { makeTable } from "../../support/imageFixture";

interface Vectors {
  readonly versions: readonly string[];
  readonly tables: Readonly<Record<string, readonly string[]>>;
  readonly cases: readonly [table: string, flashSize: string, results: readonly (number | string)[]][];
}
const vectors: Vectors = JSON.parse(
  readFileSync(new URL("../../vectors/bootloader/index.json", import.meta.url), "utf8"),
);

const bytesOf = (name: string): Uint8Array => {
  const rows = (vectors.tables[name] ?? []).map((row) => Buffer.from(row, "hex"));
  return concat(
    Array.from({ length: 96 }, (_, index) => rows[Math.min(index, rows.length - 1)] ?? new Uint8Array(0)),
  );
};
const traitsOf = (idfVersion: string) => bootloaderTraits({ kind: "plain", idfVersion });
const resultOf = (table: Uint8Array, flashSize: number, idfVersion: string): number | string => {
  const verdict = verifyTable(table, flashSize, traitsOf(idfVersion));
  return verdict.ok ? verdict.rows.length : verdict.text;
};

describe("Espressif's bootloaders and ours refuse the same tables with the same words", () => {
  it.each(vectors.cases)("%s, %s", (name, flashSize, expected) => {
    const table = bytesOf(name);
    expect(table).toHaveLength(0xc00);
    const results = vectors.versions.map((version) =>
      resultOf(table, parseFlashSize(flashSize) ?? 0, version),
    );
    expect(results).toEqual(expected);
  });
});

describe("what no vector has", () => {
  const row = { label: "x", type: 0, subtype: 0x10 };
  const wrapping = makeTable([{ ...row, offset: 0x10000, size: 0xffffffff }]);
  const beginsBeyond = makeTable([{ ...row, offset: 0x400001, size: 0 }]);
  const text = (offset: string, size: string): string =>
    `partition 0 invalid - offset ${offset} size ${size} exceeds flash chip size 0x400000`;

  it.each<[string, Uint8Array, string, number | string]>([
    ["an end that wraps", wrapping, "v5.5.5", 1],
    ["an end that wraps", wrapping, "v6.0.2", 1],
    ["an end that wraps", wrapping, "v6.1-beta1", text("0x10000", "0xffffffff")],
    ["an end that wraps", wrapping, "v6.2-dev", text("0x10000", "0xffffffff")],
    ["a beginning beyond the end", beginsBeyond, "v3.3.5", text("0x400001", "0x0")],
    ["an erased sector", new Uint8Array(0xc00).fill(0xff), "v5.4.2", 0],
    [
      "an erased sector, of a version that nobody knows",
      new Uint8Array(0xc00).fill(0xff),
      "",
      "partition 0 invalid magic number 0xffff",
    ],
  ])("%s, %s", (_, table, version, expected) => expect(resultOf(table, 0x400000, version)).toBe(expected));

  it("knows chips in images from v3.3.1 on", () =>
    expect(["v3.3", "v3.3.1", "v4.0", "v3.2.5"].map((version) => traitsOf(version).checksChip)).toEqual([
      false,
      true,
      true,
      false,
    ]));
});
