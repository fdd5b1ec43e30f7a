import type { DeviceRecord } from "../../core/delivery/deviceRecord";
import type { DeliveryEvent } from "../../core/delivery/events";
import { logEntries } from "../../core/delivery/eventText";
import type { ImageFinding } from "../../core/delivery/finding";
import type { ServedImage } from "../../core/delivery/readDelivery";
import { bytesText } from "../../core/migrate/bytesText";
import { readableJson } from "../report/jsonText";
import { type Line, styled } from "../report/line";
import { stamp } from "./log";

export const findingLine = ({ severity, message }: ImageFinding): Line => [
  styled(severity, `${severity}:`),
  ` ${message}`,
];

/** What is served, without a word of the token. */
export const servedLine = ({ name, path, bytes, sha256 }: ServedImage): string =>
  `${path}: ${name}, ${bytesText(bytes.length)}, SHA-256 ${sha256}`;

/** `03:04:05 24:6f:28:00:00:01 It asks for MicroPython.` */
export function eventLines(event: DeliveryEvent, { id, flags }: DeviceRecord): Line[] {
  const time = stamp(event.at).slice(11, 19);
  const flagged = flags.filter(({ at }) => at === event.at && event.kind === "asked");
  return [
    ...logEntries(event).map(
      ({ level, message }): Line => [
        styled("faint", `${time} ${id} `),
        level === "information" ? message : styled(level, message),
      ],
    ),
    ...flagged.map(({ message }): Line => [styled("faint", `${time} ${id} `), styled("warning", message)]),
  ];
}

/** One line of JSON. That a transfer goes on is not told: it would be most of the output. */
export const eventJson = ({ at, ...event }: DeliveryEvent): string =>
  event.kind === "sent" ? "" : jsonLine({ event: event.kind, at: stamp(at), ...withoutKind(event) });

const withoutKind = ({ kind, ...facts }: { readonly kind: string }) => facts;

export const jsonLine = (facts: object): string => `${readableJson(JSON.stringify(facts))}\n`;
