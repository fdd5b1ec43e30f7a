import { reportText } from "../delivery/eventText";
import type { StepReport } from "../delivery/stepReport";
import type { StepId } from "../migrate/plan/plan";
import { type Following, type Heard, indexOf, stepOf } from "./following";
import { begun, done, failed, gaveUp, remarked, resumedAt, strange } from "./progress";

/** A report of the repartitioner, which comes by the serial line and by the network. */
export function followReport(before: Following, report: StepReport, by: keyof Heard, at: number): Following {
  const { following, isNew } = counted(before, report, by);
  if (!isNew) return following;
  return judged(resumed(arrivedAtRepartitioner(following, at), report, at), report, at);
}

/** The same report by the other way says nothing new. */
function counted(
  before: Following,
  report: StepReport,
  by: keyof Heard,
): { readonly following: Following; readonly isNew: boolean } {
  const key = JSON.stringify(report);
  const { line, server } = before.heard[key] ?? { line: 0, server: 0 };
  const heard = by === "line" ? { line: line + 1, server } : { line, server: server + 1 };
  const isNew = Math.max(heard.line, heard.server) > Math.max(line, server);
  return {
    following: {
      ...before,
      heard: { ...before.heard, [key]: heard },
      reports: before.reports + (isNew ? 1 : 0),
    },
    isNew,
  };
}

/** Whoever reports was delivered and has started. */
function arrivedAtRepartitioner(before: Following, at: number): Following {
  return (["deliver-repartitioner", "start-repartitioner"] as const).reduce(
    (following, id) => (stepOf(following, id)?.doneAt === undefined ? done(following, id, at) : following),
    before,
  );
}

/** The first report after a cut says how the board found itself; the first of another step, with what it went on. */
const resumed = (before: Following, report: StepReport, at: number): Following =>
  resumedAt(before, at, reportText(report), LOOKS.includes(report.step) ? undefined : report.step);

/** What every start of the repartitioner reports; it does nothing. */
const LOOKS: readonly StepReport["step"][] = ["check-device", "check-target", "confirm-repartitioner"];

/** Steps that may come again, or in another order, without any harm. */
const REPEATED: readonly StepReport["step"][] = [...LOOKS, "settle-otadata", "reset"];

function judged(before: Following, report: StepReport, at: number): Following {
  const { step, result } = report;
  if (step === "go-back") return gaveUp(before, at, `${reportText(report)} That is not part of the plan.`);
  if (result === "stopped") return gaveUp(before, at, reportText(report));
  if (indexOf(before, step) < 0)
    return strange(before, at, `${reportText(report)} The plan has no such step from this slot.`);
  if (result === "failed") return failedStep(before, report, step, at);
  const checked = isRepeated(before, step)
    ? strange(before, at, `${reportText(report)} It was done before.`)
    : before;
  if (result === "started") return begun(checked, step, at);
  return withTable(done(checked, step, at), report, at);
}

/** After a cut a step is done again that was cut; for nothing else there is a reason. */
function isRepeated(before: Following, step: StepId): boolean {
  const doneAt = stepOf(before, step)?.doneAt;
  const lastCut = before.cuts.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  return doneAt !== undefined && !REPEATED.includes(step) && doneAt > lastCut;
}

/** What fails because its power or its server was taken away is told, and not held against the board. */
function failedStep(before: Following, report: StepReport, step: StepId, at: number): Following {
  const following = failed(before, step);
  return isTransient(report)
    ? remarked(following, at, reportText(report))
    : strange(following, at, reportText(report));
}

/** The network may fail; the repartitioner tries again. Where it does so for ever, nothing gets further. */
const isTransient = ({ step, fields: { reason } }: StepReport): boolean =>
  step === "download-micropython" && (reason === "unreachable" || reason === "dropped");

/** The table that the device finds has to be the one that it should have by then. */
function withTable(before: Following, { step, fields }: StepReport, at: number): Following {
  if (step !== "check-device" || fields.table === undefined) return before;
  const isWritten = stepOf(before, "write-table")?.doneAt !== undefined;
  const isTarget = fields.table === "target";
  if (isTarget && wasCut(before))
    return done(isWritten ? before : done(before, "write-table", at), "reset", at);
  return isTarget === isWritten
    ? before
    : strange(before, at, `The board finds the table '${fields.table}' at this point.`);
}

/** Power was cut where the table was being written: it may be there although the board could not say so any more. */
const wasCut = ({ cuts }: Following): boolean =>
  cuts.some(({ step }) => step === "write-table" || step === "reset");
