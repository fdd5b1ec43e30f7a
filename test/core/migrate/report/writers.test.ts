import fc from "fast-check";
import { expect, test } from "vitest";
import { planMigration } from "../../../../core/migrate/plan/planMigration";
import { reportHtml } from "../../../../core/migrate/report/html";
import { reportMarkdown } from "../../../../core/migrate/report/markdown";
import {
  type MigrationReport,
  migrationReport,
  type ReportInput,
} from "../../../../core/migrate/report/report";
import { reportText } from "../../../../core/migrate/report/text";
import { checkWellFormed } from "../../../support/wellFormed";
import { anyName } from "../../picture/rows";
import { reportInput, reportOf } from "./reports";

const bodyOf = (html: string): string => html.replace(/^<!DOCTYPE html>\n/, "").trimEnd();

/** Names from tables, files and manifests, as somebody could write them to be taken for something else. */
function reportWith(name: string, file: string): MigrationReport {
  const input: ReportInput = reportInput();
  const named = {
    ...input,
    source: {
      ...input.source,
      entries: input.source.entries.map((entry, index) => (index === 4 ? { ...entry, name } : entry)),
    },
    inputs: input.inputs.map((each) => ({ ...each, name: file })),
    manifest: { delivery: { micropython: file } },
  };
  return migrationReport({ ...named, plan: planMigration(named) });
}

test("the page stands by itself: nothing runs, nothing is fetched", () => {
  const html = reportHtml(reportOf());
  const { elements } = checkWellFormed(bodyOf(html));
  expect(elements.filter((name) => /^(script|iframe|img|link|object|embed|form|a|base)$/.test(name))).toEqual(
    [],
  );
  expect(html.match(/https?:[^"]*|url\((?!#)|@import|\b(?:on\w+|style|src|href)=/g)).toEqual([
    "http://www.w3.org/2000/svg",
  ]);
  expect(html).toContain("default-src &#39;none&#39;");
});

test("its style sheet is one that markup does not change", () => {
  const sheet = /<style>(.*)<\/style>/s.exec(reportHtml(reportOf()))?.[1] ?? "";
  expect(sheet).toContain(".hazard");
  expect(sheet).not.toMatch(/[&<>"'\ufffd]/);
});

test("no element is left open that HTML would not close: only those without an end have none", () => {
  const inside = bodyOf(reportHtml(reportOf({ files: [] }))).replace(/<svg.*?<\/svg>/s, "");
  expect(new Set(inside.match(/<\w+(?=[^<>]*\/>)/g))).toEqual(new Set(["<meta"]));
});

test("no name is markup", () => {
  const plain = checkWellFormed(bodyOf(reportHtml(reportWith("x", "y")))).elements;
  fc.assert(
    fc.property(anyName, anyName, (name, file) => {
      const { elements } = checkWellFormed(bodyOf(reportHtml(reportWith(`x${name}`, file))));
      expect(elements.filter((each) => !["text", "g"].includes(each))).toEqual(
        plain.filter((each) => !["text", "g"].includes(each)),
      );
    }),
    { numRuns: 40 },
  );
});

test("no name is a command to a terminal, or another line", () => {
  const lines = reportText(reportWith("x", "y")).split("\n").length;
  fc.assert(
    fc.property(anyName, (name) => {
      const written = reportText(reportWith("x", name));
      expect(written).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      expect(written.split("\n").length).toBeLessThanOrEqual(lines + name.length);
    }),
    { numRuns: 40 },
  );
});

test("no name breaks a table of the Markdown, or is a tag in it", () =>
  fc.assert(
    fc.property(anyName, (name) => {
      const lines = reportMarkdown(reportWith("x", name)).split("\n");
      const start = lines.indexOf("| File | What it is | Size | SHA-256 |");
      const rows = lines.slice(start, start + 7);
      for (const row of rows) expect(row.replace(/\\./g, "").match(/\|/g)).toHaveLength(5);
      expect(lines.join("\n").replace(/\\./g, "")).not.toMatch(/<[a-z]/i);
    }),
    { numRuns: 40 },
  ));

test("lines are 100 characters long, except those of tables", () => {
  const long = reportText(reportOf({ from: "any" }))
    .split("\n")
    .filter((line) => line.length > 100 && !/ {2}[0-9a-f]{64}$|^ +\d+ {2}|-{3}/.test(line));
  expect(long).toEqual([]);
});
