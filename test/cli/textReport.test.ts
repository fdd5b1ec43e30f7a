import { describe, expect, it } from "vitest";
import { linesText } from "../../cli/report/line";
import type { CheckedFile, ReportedProblem } from "../../cli/report/reported";
import { textReport } from "../../cli/report/text";

const problem = (
  text: string,
  marked: string,
  more: Partial<ReportedProblem> = {},
): { text: string; problem: ReportedProblem } => {
  const start = text.indexOf(marked);
  const at = { start, end: start + marked.length };
  return { text, problem: { id: "some-rule", severity: "error", message: "Wrong.", at, ...more } };
};

const report = (...found: { text: string; problem: ReportedProblem }[]): string => {
  const file: CheckedFile = {
    file: "a.csv",
    text: found[0]?.text ?? "",
    problems: found.map(({ problem }) => problem),
  };
  return linesText(textReport([file]), "plain");
};

/** The excerpt: the line of the file and the carets under it. */
const excerpt = (text: string, marked: string): string[] =>
  report(problem(text, marked)).split("\n").slice(1, 3);

describe("the report for people", () => {
  it("shows place, line, carets, related places and the best fix", () => {
    const text = "# head\nnvs, data, nvs, , 0x5000\nota, data, ota, , 0x1000\n";
    const related = [{ at: { start: 7, end: 10 }, message: "The other one." }];
    const fixes = [
      { title: "Make it 0x2000", edits: [] },
      { title: "Remove it", edits: [] },
    ];
    expect(report(problem(text, "0x1000", { related, fixes }))).toBe(`\
a.csv:3:19: error: Wrong. [some-rule]
 3 | ota, data, ota, , 0x1000
   |                   ^^^^^^
   = line 2: The other one.
   = fix: Make it 0x2000

a.csv: 1 error
`);
  });

  it("aligns line numbers of different length", () => {
    const text = `${"#\n".repeat(9)}nvs\n`;
    expect(report(problem(text, "#"), problem(text, "nvs"))).toBe(`\
a.csv:1:1: error: Wrong. [some-rule]
  1 | #
    | ^

a.csv:10:1: error: Wrong. [some-rule]
 10 | nvs
    | ^^^

a.csv: 2 errors
`);
  });

  it("counts by severity, and files when there are several", () => {
    const problems = (["error", "error", "warning", "information"] as const).map(
      (severity) => problem("x", "x", { severity }).problem,
    );
    const files: CheckedFile[] = [
      { file: "a.csv", text: "x", problems },
      { file: "b.csv", text: "x", problems: [] },
    ];
    expect(linesText(textReport(files), "plain")).toMatch(
      /\n2 files: 2 errors, 1 warning, 1 for information\n$/,
    );
    expect(linesText(textReport(files.slice(1)), "plain")).toBe("b.csv: no problems\n");
  });

  it("colours for a terminal only", () => {
    const { text, problem: found } = problem("nvs", "nvs");
    const coloured = linesText(textReport([{ file: "a.csv", text, problems: [found] }]), "coloured");
    expect(coloured).toContain("\u001b[31merror:\u001b[0m");
    // biome-ignore lint/complexity/useRegexLiterals: a control character in a literal is harder to read.
    expect(coloured.replace(new RegExp("\u001b\\[\\d+m", "g"), "")).toBe(report(problem("nvs", "nvs")));
  });
});

describe("carets", () => {
  it("mark at least one column", () => {
    expect(excerpt("a,,b", "")).toEqual([" 1 | a,,b", "   | ^"]);
  });

  it("stand under their text behind tabs, wide and combining characters", () => {
    expect(excerpt("\tnvs\t, x", "x")).toEqual([" 1 | \tnvs\t, x", "   | \t   \t  ^"]);
    expect(excerpt("日本, x", "x")).toEqual([" 1 | 日本, x", "   |       ^"]);
    expect(excerpt("e\u0301🙂, 日", "日")).toEqual([" 1 | e\u0301🙂, 日", "   |      ^^"]);
  });

  it("end with the line", () => {
    expect(excerpt("first\r\nsecond", "st\r\nsec")).toEqual([" 1 | first", "   |    ^^"]);
  });

  it("stay near their text in a long line", () => {
    const [line = "", carets = ""] = excerpt(`${"a".repeat(500)}X${"b".repeat(500)}`, "X");
    expect(line.length).toBeLessThan(180);
    expect(line.charAt(carets.indexOf("^"))).toBe("X");
    expect(line).toMatch(/…a+Xb+…$/);
  });

  it("never carry a control character to the terminal", () => {
    const text = "\u001b[2J\u0007evil\u202e";
    const { problem: found } = problem(text, "evil", { message: `Not '${text}'.` });
    const shown = linesText(textReport([{ file: "a.csv", text, problems: [found] }]), "plain");
    expect(shown).toMatch(/^[\n\x20-\x7e\ufffd]*$/);
  });
});
