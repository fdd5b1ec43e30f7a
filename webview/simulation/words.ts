import { bytesAt, isTorn, type Position } from "../../core/sim/cases/position";
import type {
  CaseVerdict,
  OperationReport,
  Procedure,
  Schedule,
  SimulatedApp,
  SimulatedStep,
} from "../../core/sim/report";
import { hex, sizeText } from "../../core/text/units";
import type { PlannedRoute } from "../../protocol/simulation";

/** Verdicts as the legend names them. */
export const verdictName: Readonly<Record<CaseVerdict, string>> = {
  completes: "Completes",
  resumes: "Resumes",
  "falls-back": "Falls back",
  "stuck-reachable": "Stuck, reachable",
  stuck: "Stuck",
  bricked: "Bricked",
};

/** What becomes of the device, as the end of a sentence that begins with "a cut here". */
export const verdictPhrase: Readonly<Record<CaseVerdict, string>> = {
  completes: "changes nothing",
  resumes: "resumes",
  "falls-back": "falls back to the old firmware",
  "stuck-reachable": "leaves the device stuck, but reachable",
  stuck: "leaves the device stuck",
  bricked: "bricks the device",
};

const stepTitles: Readonly<Record<SimulatedStep, string>> = {
  "deliver-repartitioner": "Deliver the repartitioner",
  "start-repartitioner": "Start the repartitioner",
  "check-device": "Check the device",
  "confirm-repartitioner": "Confirm the repartitioner",
  "copy-to-runner": "Copy it to the slot that runs",
  "start-from-runner": "Start from that slot",
  "settle-otadata": "Settle otadata",
  "erase-filesystem": "Erase the filesystem",
  "verify-table": "Verify the new table",
  "write-table": "Write the partition table",
  reset: "Reset",
  "check-target": "Check the new table",
  "download-micropython": "Download MicroPython",
  "select-micropython": "Select MicroPython",
  "first-start": "First start of MicroPython",
  "go-back": "Go back to the old firmware",
};

export const appName: Readonly<Record<SimulatedApp, string>> = {
  firmware: "The firmware",
  repartitioner: "The repartitioner",
  micropython: "MicroPython",
  bootloader: "The bootloader",
};

export const procedureName: Readonly<Record<Procedure, string>> = {
  safe: "Safe (the plan)",
  published: "As published",
};

export const scheduleName: Readonly<Record<Schedule["kind"], string>> = {
  exhaustive: "One cut, at every operation",
  recovery: "A second cut while it recovers",
  pairs: "All pairs of cuts",
  lives: "Ever later cuts, life by life",
  random: "Cuts by chance",
  network: "Faults of server and Wi-Fi",
};

/** What the plan calls a step, else what it is called everywhere; operations outside of all steps are those of an app. */
export function stepTitle(
  { step, app }: Pick<OperationReport, "step" | "app">,
  route: PlannedRoute | undefined,
): string {
  if (step === undefined) return `${appName[app]} at work`;
  return route?.steps.find(({ id }) => id === step)?.title ?? stepTitles[step];
}

/** `write 4 KB at 0x8000 in partition table`. */
export const operationText = ({
  op,
  offset,
  size,
  place,
}: Pick<OperationReport, "op" | "offset" | "size" | "place">): string =>
  `${op} ${sizeText(size)} at ${hex(offset)}${place === undefined ? "" : ` in ${place}`}`;

/** The name of a mark for those who hear it. */
export function markLabel(operation: OperationReport): string {
  const { index, step, app, verdict, isHazard } = operation;
  const end = verdict === undefined ? "no cut was tried here" : `a cut here ${verdictPhrase[verdict]}`;
  const at = step === undefined ? appName[app] : `step ${step}`;
  return `Operation ${index}, ${operationText(operation)}, ${at}${isHazard ? ", hazard window" : ""}: ${end}`;
}

/** When in an operation power fails. */
export function positionName(at: Position): string {
  const bytes = bytesAt(at);
  if (bytes === undefined) return positionNames[at as keyof typeof positionNames];
  return isTorn(at) ? `In the word behind ${sizeText(bytes)}` : `Behind ${sizeText(bytes)}`;
}

const positionNames = {
  before: "Before it",
  begun: "Just begun",
  middle: "Half done",
  almost: "Almost done",
  after: "After it",
} as const;

/** `0.05 s`, `12 s`, `3 min`. */
export function secondsText(seconds: number): string {
  if (seconds === 0) return "0 s";
  if (seconds < 1) return `${Number((seconds * 1000).toPrecision(2))} ms`;
  return seconds < 120 ? `${Number(seconds.toPrecision(2))} s` : `${Math.round(seconds / 60)} min`;
}

/** A number of devices that need not be whole: `0`, `0.0021`, `14`. */
export const devicesText = (count: number): string =>
  count === 0
    ? "0"
    : count < 10
      ? String(Number(count.toPrecision(2)))
      : Math.round(count).toLocaleString("en");

/** `1,234`. */
export const countText = (count: number): string => count.toLocaleString("en");

/** `1 power cut a day`. */
export const rateText = (cutRate: number): string => `${cutRate} power cut${cutRate === 1 ? "" : "s"} a day`;
