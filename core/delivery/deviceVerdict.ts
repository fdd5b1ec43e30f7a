import { percentText, sizeText } from "../text/units";
import type { DeviceRecord, Fetch, ReachedStep } from "./deviceRecord";
import { type DeliveredImage, imageTitle } from "./events";
import { resultWords } from "./eventText";
import type { Flag } from "./outOfOrder";
import { reasonText } from "./stepReport";
import { stepNumberText, stepTitle } from "./steps";

/** What is to be thought of a device. */
export interface DeviceVerdict {
  readonly kind: "done" | "busy" | "waiting" | "stalled" | "flagged" | "failed";
  /** Without a full stop, to stand in a list. */
  readonly text: string;
}

/** Milliseconds; a device that erases a whole slot in between is silent for half of it. */
const STALLED = 60_000;

/** `now` in milliseconds of the clock on the wall. */
export function deviceVerdict(record: DeviceRecord, now: number): DeviceVerdict {
  const { step, flags } = record;
  const running = runningFetch(record);
  if (step?.result === "stopped" || (step?.result === "failed" && !isTriedAgain(step, running?.[1])))
    return { kind: "failed", text: [stepTitle(step.step), failedWords(step)].join(": ") };
  if (step?.step === "go-back") return { kind: "failed", text: stepTitle("go-back") };
  if (step?.step === "select-micropython" && step.result === "ok")
    return { kind: "done", text: "MicroPython is chosen; it starts with the next reset" };
  const isStalled = now - record.lastSeen > STALLED && !isOver(record);
  const silence = isStalled ? [`silent for ${Math.floor((now - record.lastSeen) / 1000)} s`] : [];
  const flag = flags[0] ? [flagWords[flags[0].kind]] : [];
  const text = [...flag, ...silence, running ? fetchText(...running) : restText(record)].join(" · ");
  if (flags[0]) return { kind: "flagged", text };
  if (isStalled) return { kind: "stalled", text };
  return { kind: running ? "busy" : "waiting", text };
}

/** The repartitioner downloads again by itself, and only says so once it has looked at what the server offers. */
const isTriedAgain = ({ step, at }: ReachedStep, running: Fetch | undefined): boolean =>
  step === "download-micropython" && running !== undefined && running.startedAt > at;

const flagWords: Readonly<Record<Flag["kind"], string>> = {
  "before-table": "out of order",
  unreported: "table not reported",
};

const failedWords = (step: NonNullable<DeviceRecord["step"]>): string =>
  [step.result, reasonText(step)].filter((word) => word !== "").join(", ");

const runningFetch = ({ fetches }: DeviceRecord): readonly [DeliveredImage, Fetch] | undefined =>
  (["micropython", "repartitioner"] as const)
    .flatMap((image) => {
      const fetch = fetches[image];
      return fetch?.isRunning ? [[image, fetch] as const] : [];
    })
    .at(0);

/** `downloading MicroPython, 45 % at 84 KB/s`. */
function fetchText(image: DeliveredImage, { position, size, rate }: Fetch): string {
  const speed = rate === undefined ? "" : ` at ${sizeText(Math.round(rate))}/s`;
  return `downloading ${imageTitle[image]}, ${percentText(position / size)}${speed}`;
}

function restText({ step, fetches }: DeviceRecord): string {
  const number = step && stepNumberText(step.step);
  if (step)
    return [number, `${stepTitle(step.step)}: ${resultWords[step.result]}`].filter(Boolean).join(" · ");
  const [micropython, repartitioner] = [fetches.micropython, fetches.repartitioner];
  if (micropython) return sentText("micropython", micropython);
  return repartitioner ? sentText("repartitioner", repartitioner) : "nothing fetched yet";
}

const sentText = (image: DeliveredImage, { position, size }: Fetch): string =>
  position === size
    ? `${imageTitle[image]} was sent`
    : `${imageTitle[image]} was sent to ${percentText(position / size)}`;

/** Where a device never reports, nothing comes behind the last byte; one that does has not said yet that all is well. */
const isOver = ({ step, fetches: { micropython } }: DeviceRecord): boolean =>
  step === undefined && micropython !== undefined && micropython.position === micropython.size;
