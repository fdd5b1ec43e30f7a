import { bytesText } from "../migrate/bytesText";
import { sizeText } from "../text/units";
import type { DeviceRecord, Fetch } from "./deviceRecord";
import { deviceVerdict } from "./deviceVerdict";
import { imageTitle } from "./events";
import { publishedNumber } from "./steps";

/** What an exported log needs besides the devices. */
export interface LogFrame {
  /** What was served, one line each; never a token. */
  readonly served: readonly string[];
  /** Milliseconds of the clock on the wall. */
  readonly now: number;
  /** How a time is written: the core has no clock and no calendar. */
  readonly stamp: (at: number) => string;
}

/** The log for people. */
export const logText = (devices: readonly DeviceRecord[], { served, now, stamp }: LogFrame): string =>
  [
    `Crossflash update server, log of ${stamp(now)}`,
    ...served,
    ...devices.flatMap((record) => ["", ...deviceLines(record, now, stamp)]),
    "",
  ].join("\n");

function deviceLines(record: DeviceRecord, now: number, stamp: LogFrame["stamp"]): string[] {
  const { id, device, firstSeen, lastSeen, fetches, log } = record;
  return [
    `Device ${id}${id === device.address ? "" : ` at ${device.address}`}: ${deviceVerdict(record, now).text}`,
    `  seen from ${stamp(firstSeen)} to ${stamp(lastSeen)}`,
    ...(["repartitioner", "micropython"] as const).flatMap((image) => {
      const fetch = fetches[image];
      return fetch ? [`  ${imageTitle[image]}: ${fetchText(fetch)}`] : [];
    }),
    ...log.map(({ at, level, message }) => `  ${stamp(at)} ${level}: ${message}`),
  ];
}

/** `1,464,336 bytes sent in 1 request`, or `sent up to 500,000 bytes of 1,464,336 bytes in 2 requests, 84 KB/s`. */
export function fetchText({ position, size, transfers, rate }: Fetch): string {
  const requests = `in ${transfers} ${transfers === 1 ? "request" : "requests"}`;
  const speed = rate === undefined ? "" : `, ${sizeText(Math.round(rate))}/s`;
  const sent =
    position === size ? `${bytesText(size)} sent` : `sent up to ${bytesText(position)} of ${bytesText(size)}`;
  return `${sent} ${requests}${speed}`;
}

/** The log for programs. Times as `stamp` writes them, sizes in bytes, rates in bytes in a second. */
export const logJson = (devices: readonly DeviceRecord[], { served, now, stamp }: LogFrame): string =>
  `${JSON.stringify(
    {
      at: stamp(now),
      served,
      devices: devices.map(({ firstSeen, lastSeen, step, flags, log, fetches, ...record }) => ({
        ...record,
        fetches: fetchesJson(fetches, stamp),
        firstSeen: stamp(firstSeen),
        lastSeen: stamp(lastSeen),
        ...(step ? { step: { ...step, at: stamp(step.at), published: publishedNumber(step.step) } } : {}),
        verdict: deviceVerdict({ ...record, firstSeen, lastSeen, step, flags, log, fetches }, now),
        flags: flags.map((flag) => ({ ...flag, at: stamp(flag.at) })),
        log: log.map((entry) => ({ ...entry, at: stamp(entry.at) })),
      })),
    },
    null,
    2,
  )}\n`;

const fetchesJson = (fetches: DeviceRecord["fetches"], stamp: LogFrame["stamp"]) =>
  Object.fromEntries(
    Object.entries(fetches).map(([image, known]) => [image, { ...known, startedAt: stamp(known.startedAt) }]),
  );
