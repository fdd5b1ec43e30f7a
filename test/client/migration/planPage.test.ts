import { expect, test } from "vitest";
import { formatOf, planPage, reportFormats } from "../../../client/migration/planPage";
import { failure, success } from "../../../core/result";
import { reportOf } from "../../core/migrate/report/reports";

const report = reportOf();

test("a report is a page that may run nothing", () => {
  const page = planPage(success(report));
  expect(page.includes("default-src &#39;none&#39;")).toBe(true);
  expect(page.includes("<script")).toBe(false);
  expect(page.includes(report.fingerprint)).toBe(true);
});

test("why there is no report is text and no markup", () => {
  const page = planPage(failure("errors", 0, "'<img src=x>' is not there."));
  expect(page).toContain("default-src 'none'");
  expect(page).toContain("&#60;img src=x&#62;");
  expect(page).not.toContain("<img");
});

function checkFormat(path: string, title: string | undefined): void {
  test(`${path} is ${title ?? "no report"}`, () => expect(formatOf(path)?.title).toBe(title));
}
checkFormat("/home/me/report.html", "HTML");
checkFormat("/home/me/report.MD", "Markdown");
checkFormat("c:/me/report.json", "JSON");
checkFormat("report.txt", "Text");
checkFormat("report.pdf", undefined);
checkFormat("html", undefined);

for (const { title, write } of reportFormats)
  test(`${title} has the fingerprint`, () => expect(write(report).includes(report.fingerprint)).toBe(true));
