import type { DeviceRecord } from "./deviceRecord";
import type { DeliveryEvent } from "./events";
import type { ReportedStep } from "./steps";

/** Something that should not happen in this order. */
export interface Flag {
  readonly kind: "before-table" | "unreported";
  readonly at: number;
  readonly message: string;
}

const messages: Readonly<Record<Flag["kind"], string>> = {
  "before-table":
    "It asked for MicroPython before it reported that the new table is verified: with the old table MicroPython does not fit or does not find its files. Look at its steps before more devices follow.",
  unreported:
    "It asked for MicroPython, and no report says that its new table is verified. The published repartitioner never reports, and reports of before this server was started are not known; any other program should not ask.",
};

/** MicroPython goes to devices whose table is the new one: whoever asks earlier does something that nobody planned. */
export function flagOf(
  { step, isTableVerified }: Pick<DeviceRecord, "step" | "isTableVerified">,
  event: DeliveryEvent,
): Flag | undefined {
  if (event.kind !== "asked" || event.image !== "micropython" || isTableVerified) return undefined;
  const kind = step ? "before-table" : "unreported";
  return { kind, at: event.at, message: messages[kind] };
}

/**
 * Steps that a repartitioner only makes once it has found the new table in flash. Reports are sent once and may be lost, or
 * have gone to a server that was ended: then these are the first that say so.
 */
export const isAfterTable = (step: ReportedStep): boolean =>
  step === "download-micropython" || step === "select-micropython";

/** Whether an event shows that there was nothing out of order, only reports that never came here. */
export const isExplained = (kind: Flag["kind"], event: DeliveryEvent): boolean =>
  event.kind === "reported" &&
  (isAfterTable(event.report.step) ||
    (kind === "unreported" && event.report.step === "check-target" && event.report.result === "ok"));
