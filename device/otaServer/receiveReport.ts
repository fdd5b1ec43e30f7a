import type { IncomingMessage } from "node:http";
import { readStepReport, type StepReport } from "../../core/delivery/stepReport";
import { failure, type Result } from "../../core/result";

/** Reads a report of at most `limit` bytes. A failure is a status and a sentence; `at` is the status. */
export async function receiveReport(
  request: IncomingMessage,
  limit: number,
): Promise<Result<StepReport, "report">> {
  const { "content-type": type = "text/plain", "content-length": length = "0" } = request.headers;
  if (!/^text\/plain\b/i.test(type)) return refused(415, "A report is text/plain.");
  if (Number(length) > limit) return refused(413, `A report has at most ${limit} bytes.`);
  const pieces: Buffer[] = [];
  let size = 0;
  // What is too long is answered before the connection ends.
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    size += piece.length;
    if (size > limit) return refused(413, `A report has at most ${limit} bytes.`);
    pieces.push(piece);
  }
  const report = readStepReport(Buffer.concat(pieces).toString("latin1").trim());
  return report.ok ? report : refused(400, report.message);
}

const refused = (status: number, message: string) => failure("report", status, message);
