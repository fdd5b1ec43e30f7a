import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MigrationManifest, parseManifest, setManifestValue } from "../../../core/project/manifest";
import { manifestSchema } from "../../../core/project/manifestSchema";
import type { Fix } from "../../../core/rules/rule";
import { applyEdits } from "../../../core/text/span";

const full: MigrationManifest = {
  chip: "esp32",
  flashSize: "4MB",
  partitionTableOffset: "0x8000",
  bootloader: { idf: "v3.3.5", arduino: "1.0.6", image: "field/bootloader.bin" },
  source: { table: "field/partitions.csv", app: "field/app.bin" },
  target: { table: "partitions.csv", micropython: "micropython.bin", header: "main/repartition.h" },
  delivery: {
    repartitioner: "http://10.0.0.2:9000/repartitioner.bin",
    micropython: "https://a.example/m.bin",
  },
};

describe("a manifest", () => {
  it("is read with comments and trailing commas, and knows where its values stand", () => {
    const text = `// ours\n{ "$schema": "x", ${JSON.stringify(full).slice(1, -1)}, /* that is all */ }\n`;
    const { manifest, faults, spanOf } = parseManifest(text);
    expect(faults).toEqual([]);
    expect(manifest).toEqual(full);
    const at = spanOf(["target", "table"]);
    expect(at && text.slice(at.start, at.end)).toBe('"partitions.csv"');
    expect(spanOf(["target", "nothing"])).toBeUndefined();
  });
  it("may be empty", () => {
    for (const text of ["", " \n", "// soon\n", "{}"])
      expect(parseManifest(text)).toMatchObject({ manifest: {}, faults: [] });
  });
});

const applied = (text: string, fix: Fix | undefined): string | undefined =>
  fix && "edits" in fix ? applyEdits(text, fix.edits) : undefined;

/** `id`, the text under the span, a part of the message, and the text after the first fix. */
type Fault = readonly [id: string, at: string, part: string, fixed?: string];

function checkFaults(text: string, expected: readonly Fault[]): void {
  const { faults } = parseManifest(text);
  expect(
    faults.map(({ id, at, fixes }) => [id, text.slice(at.start, at.end), applied(text, fixes?.[0])]),
  ).toEqual(expected.map(([id, at, , fixed]) => [id, at, fixed]));
  for (const [index, [, , part]] of expected.entries()) expect(faults[index]?.message).toContain(part);
}

describe("faults of a manifest", () => {
  const cases: Record<string, readonly [string, ...Fault[]]> = {
    "a chip that does not exist": [
      '{"chip": "esp99"}',
      ["manifest-value", '"esp99"', '"chip" must be a chip: "esp32", "esp32s2"'],
    ],
    "a chip as on its lid": [
      '{"chip": "ESP32-S3"}',
      ["manifest-value", '"ESP32-S3"', "a chip", '{"chip": "esp32s3"}'],
    ],
    "a size that no header can name": ['{"flashSize": "5MB"}', ["manifest-value", '"5MB"', "a flash size"]],
    "a size in other words": [
      '{"flashSize": "4 M"}',
      ["manifest-value", '"4 M"', '"4MB"', '{"flashSize": "4MB"}'],
    ],
    "a size as a number": [
      '{"flashSize": 4}',
      ["manifest-type", "4", "a string in double quotes", '{"flashSize": "4MB"}'],
    ],
    "an offset as a number": [
      '{"partitionTableOffset": 32768}',
      ["manifest-type", "32768", "multiple of 0x1000", '{"partitionTableOffset": "0x8000"}'],
    ],
    "an offset inside a sector": [
      '{"partitionTableOffset": "0x8100"}',
      ["manifest-value", '"0x8100"', "multiple of 0x1000"],
    ],
    "an offset of nothing": [
      '{"partitionTableOffset": "0"}',
      ["manifest-value", '"0"', "multiple of 0x1000"],
    ],
    "a version that is none": ['{"bootloader": {"idf": "new"}}', ["manifest-value", '"new"', "a version"]],
    "a Windows path": [
      '{"source": {"app": "a\\\\b.bin"}}',
      ["manifest-value", '"a\\\\b.bin"', 'with "/"', '{"source": {"app": "a/b.bin"}}'],
    ],
    "an empty path": ['{"source": {"app": ""}}', ["manifest-value", '""', "relative to this file"]],
    "an address without http": [
      '{"delivery": {"micropython": "ftp://a"}}',
      ["manifest-value", '"ftp://a"', "http://"],
    ],
    "a value where a group belongs": [
      '{"target": "x"}',
      ["manifest-type", '"x"', '"target" must be an object'],
    ],
    "a group where a value belongs": ['{"chip": {}}', ["manifest-type", "{}", "a string in double quotes"]],
    "a key with a slip": [
      '{"flashsize": "4MB"}',
      ["manifest-key", '"flashsize"', 'Did you mean "flashSize"?', '{"flashSize": "4MB"}'],
    ],
    "a key of nowhere": [
      '{"target": {"colour": 1}}',
      ["manifest-key", '"colour"', 'Known here are "table", "micropython", "header".'],
    ],
    "a key of the prototype": [
      '{"__proto__": 1, "toString": 2}',
      ["manifest-key", '"__proto__"', "not known"],
      ["manifest-key", '"toString"', "not known"],
    ],
    "a key twice": ['{"chip": "esp32", "chip": "esp32c3"}', ["manifest-key", '"chip"', "a second time"]],
    "another kind of file": ["[1]", ["manifest-type", "[1]", "The manifest must be an object"]],
    "no comma": [
      '{"chip": "esp32" "flashSize": "4MB"}',
      ["manifest-syntax", '"flashSize"', "A comma is missing"],
    ],
    "no end": ['{"chip": "esp32"', ["manifest-syntax", '"', "The closing brace"]],
    "not JSON": ["hello", ["manifest-syntax", "hello", "not JSON"]],
    "a file for breaking parsers": ["[".repeat(100_000), ["manifest-syntax", "[", "too large"]],
  };
  for (const [title, [text, ...expected]] of Object.entries(cases))
    it(title, () => checkFaults(text, expected));

  it("of another kind of file leave everything unknown", () => {
    for (const text of ["[1]", '"x"', "null"]) expect(parseManifest(text).manifest).toEqual({});
  });
  it("leave the other values alone, and their own unknown", () => {
    const { manifest } = parseManifest(
      '{"chip": "esp99", "flashSize": "4MB", "target": {"table": 1, "header": "a.h"}',
    );
    expect(manifest).toEqual({ flashSize: "4MB", target: { header: "a.h" } });
  });
  it("let the last value of a key count", () => {
    const { manifest, spanOf } = parseManifest('{"chip": "esp32", "chip": "esp32c3"}');
    expect(manifest).toEqual({ chip: "esp32c3" });
    expect(spanOf(["chip"])).toEqual({ start: 26, end: 35 });
  });
});

describe("setting a value", () => {
  const path = ["target", "micropython"];
  const set = (text: string) => applyEdits(text, setManifestValue(text, path, "a.bin"));
  const cases: Record<string, readonly [before: string, after: string]> = {
    "in nothing": ["", '{\n  "target": {\n    "micropython": "a.bin"\n  }\n}\n'],
    "behind comments": ["// ours", '// ours\n{\n  "target": {\n    "micropython": "a.bin"\n  }\n}\n'],
    "in an empty object": ["{}", '{\n  "target": {\n    "micropython": "a.bin"\n  }\n}'],
    "in an empty object with a comment": [
      "{\n  // soon\n}\n",
      '{\n  // soon\n  "target": {\n    "micropython": "a.bin"\n  }\n}\n',
    ],
    "instead of another": [
      '{"target": {"micropython": "b.bin"}} // x',
      '{"target": {"micropython": "a.bin"}} // x',
    ],
    "behind another key, whose comment stays with it": [
      '{\n  "chip": "esp32" // my chip\n}\n',
      '{\n  "chip": "esp32", // my chip\n  "target": {\n    "micropython": "a.bin"\n  }\n}\n',
    ],
    "behind a trailing comma": [
      '{\n\t"chip": "esp32", // my chip\n}\n',
      '{\n\t"chip": "esp32", // my chip\n\t"target": {\n\t\t"micropython": "a.bin"\n\t},\n}\n',
    ],
    "in its group": [
      '{\r\n    "target": {\r\n        "table": "p.csv" /* x */\r\n    }\r\n}',
      '{\r\n    "target": {\r\n        "table": "p.csv", /* x */\r\n        "micropython": "a.bin"\r\n    }\r\n}',
    ],
    "on one line": [
      '{ "target": { "table": "p.csv" } }',
      '{ "target": { "table": "p.csv", "micropython": "a.bin" } }',
    ],
    "instead of what is no group": [
      '{\n  "target": null\n}',
      '{\n  "target": {\n    "micropython": "a.bin"\n  }\n}',
    ],
    "not over what is no manifest": ['["mine"]', '["mine"]'],
    "not over what stands where a group should": [
      '{ "target": "partitions.csv" }',
      '{ "target": "partitions.csv" }',
    ],
    "in the group that counts": [
      '{ "target": {}, "target": { "micropython": "b" } }',
      '{ "target": {}, "target": { "micropython": "a.bin" } }',
    ],
    "not in what is broken": ['{ "target": { "table": ', '{ "target": { "table": '],
    "not when it is there": [
      '{ "target": { "micropython": "a.bin" } }',
      '{ "target": { "micropython": "a.bin" } }',
    ],
  };
  for (const [title, [before, after]] of Object.entries(cases))
    it(title, () => {
      expect(set(before)).toBe(after);
      expect(setManifestValue(after, path, "a.bin")).toEqual([]);
    });

  const comment = fc.constantFrom("", " ", "\n", " // c\n", " /* d */ ", "\r\n\t");
  const key = fc.constantFrom('"chip"', '"target"', '"source"', '"table"', '"micropython"');
  const comments = /\/\/ c|\/\* d \*\//g;
  const member = fc
    .tuple(comment, key, comment, fc.json({ noUnicodeString: true }), comment)
    .map(([a, name, b, value, c]) => `${a}${name}:${b}${value}${c}`);
  const object = fc
    .tuple(fc.array(member, { maxLength: 4 }), fc.constantFrom("", ","))
    .map(([members, end]) => `{${members.join(",")}${members.length > 0 ? end : ""}}`);

  it("keeps every other value and every comment of any manifest", () => {
    fc.assert(
      fc.property(object, fc.string(), (before, written) => {
        const edits = setManifestValue(before, path, written);
        // Nothing is done where something else than an object stands in the way.
        fc.pre(edits.length > 0 || valueAt(before, path) === JSON.stringify(written));
        const after = applyEdits(before, edits);
        expect(valueAt(after, path)).toBe(JSON.stringify(written));
        for (const other of [["chip"], ["source"], ["table"]])
          expect(valueAt(after, other)).toBe(valueAt(before, other));
        expect(after.match(comments)).toEqual(before.match(comments));
        expect(parseManifest(after).faults.filter(({ id }) => id === "manifest-syntax")).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
  it("never fails on any text, and does nothing where it cannot do it right", () => {
    fc.assert(
      fc.property(
        fc.oneof(object, fc.string({ unit: "binary" })),
        fc.nat(80),
        fc.string(),
        (text, cut, written) => {
          const before = text.slice(0, cut);
          const edits = setManifestValue(before, path, written);
          if (edits.length > 0)
            expect(valueAt(applyEdits(before, edits), path)).toBe(JSON.stringify(written));
        },
      ),
      { numRuns: 500 },
    );
  });
});

function valueAt(text: string, path: readonly string[]): string | undefined {
  const at = parseManifest(text).spanOf(path);
  return at && text.slice(at.start, at.end);
}

describe("the schema", () => {
  it("describes every field, and nothing else is allowed", () => {
    const schema = JSON.parse(JSON.stringify(manifestSchema()));
    expect(Object.keys(schema.properties)).toEqual(["$schema", ...Object.keys(full)]);
    expect(Object.keys(schema.properties.target.properties)).toEqual(Object.keys(full.target ?? {}));
    expect(schema.properties.target.additionalProperties).toBe(false);
    expect(schema.properties.chip.enum).toContain("esp32c61");
    expect(schema.properties.partitionTableOffset.pattern).toBe("^(0[xX][0-9a-fA-F]+|[0-9]+)$");
  });
  it("has examples that the parser takes", () => {
    const schema = JSON.parse(JSON.stringify(manifestSchema()));
    const example = (property: { properties?: Record<string, object>; examples?: string[] }): unknown =>
      property.properties
        ? Object.fromEntries(
            Object.entries(property.properties).map(([name, inner]) => [name, example(inner)]),
          )
        : (property.examples?.[0] ?? "x");
    expect(parseManifest(JSON.stringify(example(schema))).faults).toEqual([]);
  });
});
