import { describe, expect, it } from "vitest";
import { analyse, hasErrors } from "../../../core/analyse";
import { noFacts } from "../../../core/facts";
import { MAX_LINES, MAX_TEXT } from "../../../core/table/limits";

const table = "nvs, data, nvs, , 0x6000,\nfactory, app, factory, , 1M,\n";
const found = (text: string, environment = {}) => analyse(text, { ...noFacts, environment }).problems;

describe("severities that the user chose", () => {
  const cut = `${table}a_name_that_is_too_long, data, fat, , 64K,\n`;
  it("replace the rule's own", () => {
    const { problems } = analyse(cut, noFacts, { "name-cut": "error" });
    expect(problems.map(({ id, severity }) => [id, severity])).toEqual([["name-cut", "error"]]);
    expect(hasErrors({ problems })).toBe(true);
  });
  it("switch a rule off", () => expect(analyse(cut, noFacts, { "name-cut": "off" }).problems).toEqual([]));
});

it("offers no edit of what came from a variable", () => {
  const rows = (line: string): string => `${table}${line}\n`;
  expect(found(rows("$LONG, data, fat, , 64K,"), { LONG: "a_name_that_is_too_long" })).toMatchObject([
    { id: "name-cut", fixes: [] },
  ]);
  expect(found(rows("a_name_that_is_too_long, data, fat, , 64K,"))[0]?.fixes).toHaveLength(1);
});

describe("a text that is too large", () => {
  const ids = (text: string): string[] => found(text).map(({ id }) => id);
  it("has one problem", () => {
    expect(ids(`#${"x".repeat(MAX_TEXT)}`)).toEqual(["file-too-large"]);
    expect(ids(table + "\n".repeat(MAX_LINES))).toEqual(["file-too-large"]);
    expect(ids("a,b\u2028".repeat(MAX_LINES + 1))).toEqual(["file-too-large"]);
  });
  it("is not one that just fits", () => {
    expect(ids(table + "\n".repeat(MAX_LINES - 2))).toEqual([]);
    expect(ids(`${table}#${"x".repeat(MAX_TEXT - table.length - 1)}`)).toEqual([]);
  });
});
