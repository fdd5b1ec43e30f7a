import { describe, expect, it, test } from "vitest";
import { bootloaderVersion } from "../../../../core/compat/bootloaderVersion";
import { reportHtml } from "../../../../core/migrate/report/html";
import { reportJson } from "../../../../core/migrate/report/json";
import { reportMarkdown } from "../../../../core/migrate/report/markdown";
import type { MigrationReport } from "../../../../core/migrate/report/report";
import { reportText } from "../../../../core/migrate/report/text";
import { checkWellFormed } from "../../../support/wellFormed";
import { publishedTarget } from "../plan/plans";
import { type Given, reportOf } from "./reports";

/** All that a reader of the page sees, with a line for every piece of text. */
const pageText = (report: MigrationReport): string =>
  checkWellFormed(
    reportHtml(report)
      .replace(/^<!DOCTYPE html>\n/, "")
      .trimEnd(),
  ).texts.join("\n");

/** Without what the writer adds, so that a sentence of the report is found in it. */
const writers: Readonly<Record<string, (report: MigrationReport) => string>> = {
  text: reportText,
  Markdown: (report) => reportMarkdown(report).replace(/\\(?=[^\p{L}\p{N}\s])|&#8203;/gu, ""),
  page: pageText,
};

const flat = (text: string): string => text.replace(/\s+/g, " ");

function checkSaid(report: MigrationReport, sentences: readonly string[]): void {
  for (const [name, write] of Object.entries(writers)) {
    const written = flat(write(report));
    const missing = sentences.filter((sentence) => !written.includes(flat(sentence)));
    expect({ [name]: missing }).toEqual({ [name]: [] });
  }
}

describe("whoever signs can read", () => {
  const report = reportOf({ from: "any", delivery: "http://10.0.0.2/m.bin" });

  it("what it comes to", () => checkSaid(report, report.conclusion.sentences));

  it("every file with its hash", () =>
    checkSaid(
      report,
      report.inputs.flatMap(({ name, sha256 }) => [name, sha256]),
    ));

  it("every fact of the devices", () =>
    checkSaid(
      report,
      report.devices.map(({ value = "not known" }) => value),
    ));

  it("every reason with its verdict, and every piece of evidence with its source", () =>
    checkSaid(
      report,
      report.verdict.reasons.flatMap(({ verdict, sentence, evidence }) => [
        verdict.toUpperCase(),
        sentence,
        ...evidence.map((cited) => `${cited.sentence} (${cited.source})`),
      ]),
    ));

  it("all that is lost", () =>
    checkSaid(
      report,
      report.plan.problems.map(({ message }) => message),
    ));

  it("every step: what must hold, what it does, what is left after it, and what a power loss means", () =>
    checkSaid(
      report,
      report.plan.routes.flatMap(({ start, steps }) => [
        `Steps of a device that runs from '${start}'`,
        ...steps.flatMap(({ title, precondition, does, powerLoss, flash }, index) => [
          `${index + 1}. ${title}`,
          precondition,
          does,
          powerLoss.during,
          powerLoss.after,
          ...flash.map(({ what }) => what),
        ]),
        report.plan.basis,
      ]),
    ));

  it("every layout that was proposed", () =>
    checkSaid(
      report,
      report.proposals.flatMap((proposal) => (proposal.isPossible ? proposal.words : [proposal.why])),
    ));

  it("the fingerprint, last", () => {
    for (const [name, write] of Object.entries(writers))
      expect([name, write(report).trimEnd().endsWith(report.fingerprint)]).toEqual([name, true]);
  });
});

/** A part of the report and the words of it. */
const cases: Record<string, readonly [Given, readonly string[]]> = {
  "the steps in short": [
    {},
    [
      "12 steps. Downloads: 2,364,336 bytes. Erasing and writing in all: ",
      "The table sector is written",
      "Erases 0x8000 to 0x9000 (4 KB): the sector of the partition table",
      "45 to 400 ms",
      "1 to 10 erases of each sector that it touches.",
      "First MicroPython in 'app1', then the repartitioner in 'app0'.",
      "900,000 bytes: the repartitioner",
      "Nothing is erased or written.",
      "Steps 4, 5, 6.",
      "Has no such step.",
    ],
  ],
  "a device that does not start in between": [
    {},
    ["it does not start any more until somebody writes a table by a cable"],
  ],
  "a migration that is refused": [
    { target: publishedTarget.replace("0x10000, 0x140000", "0x20000, 0x130000") },
    ["There are no steps: this migration must not be done.", "(migration-running-slot-moves)"],
  ],
  "a bootloader of which nothing is known": [
    { asked: { bootloader: bootloaderVersion({}), rule: "documented" } },
    [
      "Which release would fit",
      "Judged by the looser rule",
      "It is not known which ESP-IDF built the bootloader",
    ],
  ],
  "a version that nothing proves": [
    { asked: { bootloader: bootloaderVersion({ arduino: "2.0.7" }) } },
    ["v4.4.4, for which no source was found"],
  ],
  "what was only stated": [{}, ["No evidence: this follows only from what was stated of the devices."]],
  "files that are missing": [{ files: [] }, ["not given", "Target table"]],
  "a layout that is impossible": [{ micropython: 3_000_000 }, ["Not possible."]],
};
test.each(Object.entries(cases))("%s", (_, [given, sentences]) => checkSaid(reportOf(given), sentences));

test("each route has one hazard window and one point of no return, marked in every form", () => {
  for (const from of ["app0", "app1"])
    for (const [name, write] of Object.entries(writers)) {
      const written = write(reportOf({ from }));
      const counts = ["HAZARD WINDOW", "POINT OF NO RETURN", "hazard window", "point of no return"].map(
        (mark) => written.split(mark).length - 1,
      );
      expect([name, ...counts]).toEqual([name, 1, 1, 1, 1]);
    }
});

test("what is unknown is marked, and nothing that is unknown is marked as supported", () => {
  const report = reportOf({
    asked: {
      bootloader: bootloaderVersion({}),
      app: {},
      chip: undefined,
      tableMd5: undefined,
      rollback: "unknown",
    },
  });
  const unknown = report.verdict.reasons.filter(({ verdict }) => verdict === "unknown");
  expect(unknown.length).toBeGreaterThan(4);
  for (const { sentence } of unknown) {
    expect(flat(reportText(report))).toContain(`UNKNOWN: ${sentence}`);
    expect(flat(reportText(report))).not.toContain(`SUPPORTED: ${sentence}`);
  }
  expect(reportText(report)).toContain("\nUNKNOWN: Nobody knows yet");
});

test("programs read the same", () => {
  const report = reportOf();
  const { picture: _, ...rest } = report;
  const read: unknown = JSON.parse(reportJson(report));
  expect(read).toEqual({ form: "crossflash-report-1", ...JSON.parse(JSON.stringify(rest)) });
  expect(read).toMatchObject({
    fingerprint: report.fingerprint,
    conclusion: { verdict: "supported" },
    rule: "strict",
    missing: [],
  });
});
