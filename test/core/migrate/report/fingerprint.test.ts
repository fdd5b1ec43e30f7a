import { expect, test } from "vitest";
import { fingerprintOf } from "../../../../core/migrate/report/fingerprint";
import type { ReportInput } from "../../../../core/migrate/report/report";
import { balancedTarget } from "../plan/plans";
import { stockTables } from "../stockTables";
import { files, type Given, reportInput } from "./reports";

const withHash = (role: string): Given => ({
  files: files.map((file) => (file.role === role ? { ...file, sha256: "f".repeat(64) } : file)),
});

test("the fingerprint stays what it is from version to version", () =>
  expect(fingerprintOf(reportInput())).toBe(
    "6a2ec33e363fcb8089fc1bdb4a1f295ce1fa17a6f0008bba48987547364c6638",
  ));

const others: Record<string, Given> = {
  "another binary of MicroPython": withHash("micropython"),
  "another repartitioner": withHash("repartitioner"),
  "a bootloader that was read": {
    files: [...files, { name: "b", role: "bootloader", size: 1, sha256: "0" }],
  },
  "another target table": { target: balancedTarget },
  "another source table": { source: stockTables["Arduino default with core dump"].table },
  "another slot that runs": { from: "app0" },
  "a slot that nobody knows": { from: "any" },
  "another size of the image": { micropython: 1_464_320 },
  "another flash": { flash: 8 },
  "another address": { delivery: "http://10.0.0.2/micropython.bin" },
  "the looser rule": { asked: { rule: "documented" } },
  "another chip revision": { asked: { chipRevision: 301 } },
  "Secure Boot that nobody has looked at": { asked: { secureBoot: "unknown" } },
  rollback: { asked: { rollback: "on" } },
  "flash encryption": { asked: { flashEncryption: "on" } },
  "a table without MD5 row": { asked: { tableMd5: false } },
  "another header": { asked: { flashSizeInHeader: 0x800000 } },
  "another release": { asked: { app: { release: "1.15" } } },
};

test("every fact makes another migration, and no two the same", () => {
  const all = [reportInput(), ...Object.values(others).map(reportInput)].map(fingerprintOf);
  const same = Object.keys(others).filter((_, index) => all.indexOf(all[index + 1] ?? "") !== index + 1);
  expect(same).toEqual([]);
});

const sameMigration: Record<string, (input: ReportInput) => ReportInput> = {
  "files in another order": (input) => ({ ...input, inputs: input.inputs.toReversed() }),
  "files of other names": (input) => ({
    ...input,
    inputs: input.inputs.map((file) => ({ ...file, name: `other/${file.name}` })),
  }),
  "other comments and ends of lines": (input) => ({
    ...input,
    inputs: reportInput(withHash("target-table")).inputs,
  }),
  "another layout of the manifest": (input) => ({
    ...input,
    inputs: reportInput(withHash("manifest")).inputs,
  }),
  "another version of Crossflash": (input) => ({ ...input, toolVersion: "9.9.9" }),
  "no proposals": (input) => ({ ...input, proposals: [] }),
  "keys in another order": ({ images: { micropython, repartitioner }, ...input }) => ({
    images: { micropython: { sha256: micropython.sha256, size: micropython.size }, repartitioner },
    ...input,
  }),
};

test.each(Object.entries(sameMigration))("%s: the same migration", (_, changed) =>
  expect(fingerprintOf(changed(reportInput()))).toBe(fingerprintOf(reportInput())),
);
