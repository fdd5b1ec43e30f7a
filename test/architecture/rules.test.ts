import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../core/rules/index";

/** A rule is one file, one line in the list, two fixtures, a section of the docs and a setting, all under one name. */
const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const ids = rules.map(({ id }) => id as string);
const helpers = ["rule.ts", "check.ts", "index.ts"];

it("every file of core/rules is a rule in the list", () => {
  const files = readdirSync(new URL("core/rules/", root)).filter((name) => name.endsWith(".ts"));
  const named = files.filter((name) => !helpers.includes(name)).map((name) => name.replace(".ts", ""));
  expect(named.sort()).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});

it("every fixture belongs to a rule", () => {
  const files = readdirSync(new URL("test/fixtures/rules/", root)).map((name) => name.split(".")[0] ?? "");
  expect([...new Set(files)].filter((name) => !ids.includes(name))).toEqual([]);
});

describe.each(rules)("$id", ({ id, severity, summary, why, source }) => {
  it("is the default of its own file", () => {
    expect(read(`core/rules/${id}.ts`)).toContain(`  id: "${id}",\n`);
  });

  it("has a fixture that triggers it and one that does not", () => {
    const fixture = (kind: string): boolean =>
      existsSync(new URL(`test/fixtures/rules/${id}${kind}.csv`, root));
    expect(fixture("")).toBe(true);
    expect(fixture(".fixed") || fixture(".ok")).toBe(true);
  });

  it("is explained in docs/rules.md", () => {
    expect(read("docs/rules.md")).toContain(`\n### ${id}\n`);
    for (const sentence of [summary, why, source]) expect(read("docs/rules.md")).toContain(sentence);
  });

  it("has a setting with its own severity", () => {
    const { properties } = JSON.parse(read("package.json")).contributes.configuration;
    expect(properties[`crossflash.rules.${id}`]).toMatchObject({
      enum: ["error", "warning", "information", "off"],
      default: severity,
    });
  });
});
