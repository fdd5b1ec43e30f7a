import { expect, test } from "vitest";
import { chipById } from "../../../core/chip/targets";
import { draftFiles, type MigrationDraft } from "../../../core/migrate/draft";

const draft: MigrationDraft = {
  chip: chipById("esp32"),
  flashSize: 0x400000,
  tableOffset: 0x8000,
  bootloader: { arduino: "1.0.6" },
  source: { name: "old/partitions.csv", csv: "old\n" },
  target: { csv: "new\n" },
  isTargetTaken: false,
  micropython: "micropython.bin",
};

function filesOf(changes: Partial<MigrationDraft>, old = ""): Record<string, string> {
  const files = draftFiles({ ...draft, ...changes }, old);
  if (!files.ok) throw new Error(files.message);
  return Object.fromEntries(files.value.map(({ name, text }) => [name, text]));
}

function checkFiles(
  title: string,
  changes: Partial<MigrationDraft>,
  expected: object,
  manifest: object,
): void {
  test(title, () => {
    const { "crossflash.json": text = "", ...tables } = filesOf(changes);
    expect(tables).toEqual(expected);
    expect(JSON.parse(text)).toMatchObject(manifest);
  });
}

checkFiles(
  "a CSV of the project stays where it is",
  {},
  { "partitions.csv": "new\n" },
  {
    chip: "esp32",
    flashSize: "4MB",
    partitionTableOffset: "0x8000",
    bootloader: { arduino: "1.0.6" },
    source: { table: "old/partitions.csv" },
    target: { table: "partitions.csv", micropython: "micropython.bin" },
  },
);
checkFiles(
  "the table of a dump becomes a CSV",
  { source: { name: undefined, csv: "old\n" } },
  { "field/partitions.csv": "old\n", "partitions.csv": "new\n" },
  { source: { table: "field/partitions.csv" }, target: { table: "partitions.csv" } },
);
checkFiles(
  "the table of the devices is never written over",
  { source: { name: "partitions.csv", csv: "old\n" }, isTargetTaken: true },
  { "partitions-micropython.csv": "new\n" },
  { source: { table: "partitions.csv" }, target: { table: "partitions-micropython.csv" } },
);

test("a commit is no version, and what is not known is left out", () => {
  const { "crossflash.json": text = "" } = filesOf({ chip: undefined, bootloader: { idf: "g1a2b3c4" } });
  expect(Object.keys(JSON.parse(text))).toEqual(["flashSize", "partitionTableOffset", "source", "target"]);
});

test("what else the old manifest says stays, with its comments", () => {
  const old =
    '{\n  // The old ones.\n  "chip": "esp32s3",\n  "delivery": { "micropython": "http://a/b" }\n}\n';
  const { "crossflash.json": text = "" } = filesOf({}, old);
  expect(text).toContain("// The old ones.");
  expect(text).toContain('"chip": "esp32",');
  expect(text).toContain('"http://a/b"');
});

test("a manifest that is broken is not written", () => {
  const files = draftFiles(draft, '{ "chip": [');
  expect(files.ok ? "" : files.message).toContain("crossflash.json cannot be written");
});
