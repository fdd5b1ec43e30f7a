import { bytesText } from "../migrate/bytesText";
import { hex } from "../text/units";
import { type DeliveryEvent, imageTitle } from "./events";
import { reasonText, type StepReport } from "./stepReport";
import { stepNumberText, stepTitle } from "./steps";

/** A line of a device's log. */
export interface LogEntry {
  readonly at: number;
  readonly level: "information" | "warning" | "error";
  readonly message: string;
}

/** What is told of an event; that a transfer goes on is told by the record of the device. */
export function logEntries(event: DeliveryEvent): readonly LogEntry[] {
  const entry = (message: string, level: LogEntry["level"] = "information"): readonly LogEntry[] => [
    { at: event.at, level, message },
  ];
  switch (event.kind) {
    case "asked":
      return entry(`It asks for ${imageTitle[event.image]}${fromText(event.position)}.`);
    case "looked":
      return entry(`It asks how large ${imageTitle[event.image]} is.`);
    case "sent":
      return [];
    case "ended":
      return [endEntry(event)];
    case "reported":
      return entry(reportText(event.report), levelOf(event.report));
    case "refused":
      return entry(
        event.status === undefined
          ? `It came to no request. ${event.why}`
          : `A request was refused with ${event.status}. ${event.why}`,
        "warning",
      );
  }
}

/** A device that asks for piece after piece ends each of them as it wanted. */
function endEntry({
  at,
  image,
  position,
  size,
  end,
}: Extract<DeliveryEvent, { readonly kind: "ended" }>): LogEntry {
  if (position === size)
    return { at, level: "information", message: `All ${bytesText(size)} of ${imageTitle[image]} were sent.` };
  const place = `${hex(position)} of ${hex(size)} of ${imageTitle[image]}`;
  return position === end
    ? { at, level: "information", message: `It was sent what it asked for, up to ${place}.` }
    : {
        at,
        level: "warning",
        message: `The connection ended at ${place}. The device can go on from there.`,
      };
}

const fromText = (position: number): string => (position === 0 ? "" : `, from ${hex(position)} on`);

const levelOf = ({ step, result }: StepReport): LogEntry["level"] => {
  if (result === "failed" || result === "stopped") return "error";
  return step === "go-back" ? "warning" : "information";
};

/** After the title of a step and a colon. */
export const resultWords: Readonly<Record<StepReport["result"], string>> = {
  started: "begun",
  ok: "done",
  failed: "failed",
  stopped: "stopped, nothing was written",
};

/** `The table sector is written: done (step 9 of 13)`. */
export function reportText(report: StepReport): string {
  const { step, result, fields } = report;
  const why = reasonText(report);
  const told = [
    why,
    ...Object.entries(fields).flatMap(([key, value]) => (key === "reason" ? [] : [`${key} ${value}`])),
  ].filter((text) => text !== "");
  const number = stepNumberText(step);
  return `${stepTitle(step)}: ${[resultWords[result], ...told].join(", ")}${number === "" ? "" : ` (${number})`}.`;
}
