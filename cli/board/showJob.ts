import { identityText } from "../../core/job/boardLines";
import { describeJob, jobLines } from "../../core/job/describe";
import { describeBoard } from "../../core/job/describeBoard";
import type { FlashJob } from "../../core/job/job";
import type { JobProblem } from "../../core/job/problem";
import { columns } from "../../core/text/columns";
import { hex, sizeText } from "../../core/text/units";
import type { RegionOutcome } from "../../device/flasher/outcome";
import type { FoundBoard, Performed, PreparedJob } from "../../device/flows/flashFlow";
import { type Line, styled } from "../report/line";
import type { Reporter } from "./reporter";

/** The board, the job and what preflight says of both: the same whether it is done afterwards or not. */
export function showJob(
  { job, problems }: Pick<PreparedJob, "job" | "problems">,
  found: FoundBoard | undefined,
  reporter: Reporter,
): void {
  if (found) showBoard(found, reporter);
  reporter.add({ job: describeJob(job) });
  reporter.say([...jobLines(job), ""]);
  showProblems(problems, reporter);
}

/** The same for a job that is only compared: what would be lost is of no interest then. */
export function showComparison({ job, problems, ...found }: PreparedJob, reporter: Reporter): void {
  showBoard(found, reporter);
  reporter.add({ job: describeJob(job) });
  reporter.say([`Compared with: ${job.title}`, ""]);
  showProblems(
    problems.filter(({ severity }) => severity === "error"),
    reporter,
  );
}

function showProblems(problems: readonly JobProblem[], reporter: Reporter): void {
  reporter.add({ problems });
  if (problems.length > 0) reporter.say([...problems.map(problemLine), ""]);
}

function showBoard({ identity, state }: FoundBoard, reporter: Reporter): void {
  reporter.add({ board: describeBoard(identity, state) });
  reporter.say([`Board: ${identityText(identity)}`, ""]);
}

const problemLine = ({ severity, message, id }: JobProblem): Line => [
  styled(severity, `${severity}:`),
  ` ${message} `,
  styled("faint", `[${id}]`),
];

/** Every region with what the board's own MD5 says of it. */
export function showOutcomes(outcomes: readonly RegionOutcome[], reporter: Reporter): void {
  reporter.add({ regions: outcomes });
  reporter.say(
    columns([
      ["Address", "Size", "What", "MD5", "Result"],
      ...outcomes.map(({ address, size, name, md5, action, status }) => [
        hex(address),
        hex(size),
        name,
        md5,
        status === "verified" && action === "erase" ? "verified, blank" : status,
      ]),
    ]),
  );
}

export function showPerformed(
  { totalBytes }: FlashJob,
  { outcomes, sentBytes, restarted }: Performed,
  seconds: number,
  reporter: Reporter,
): void {
  showOutcomes(outcomes, reporter);
  reporter.add({ sentBytes, restarted });
  const sent =
    sentBytes > 0
      ? ` ${sizeText(sentBytes)} were sent in ${seconds.toFixed(1)} s.`
      : totalBytes > 0
        ? " Nothing had to be sent: the board held it already."
        : "";
  const start = restarted
    ? "The board was restarted."
    : "The board did not take the reset: press its reset button, or plug it in again.";
  reporter.say(["", `Verified by the board's own MD5.${sent} ${start}`]);
}
