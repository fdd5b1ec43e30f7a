import { type DeviceName, deviceId } from "./device";
import type { DeliveredImage, DeliveryEvent } from "./events";
import { type LogEntry, logEntries } from "./eventText";
import { type Flag, flagOf, isAfterTable, isExplained } from "./outOfOrder";
import type { StepReport } from "./stepReport";

/** How far a device is with one image. Sizes in bytes. */
export interface Fetch {
  readonly size: number;
  /** Up to where the image was sent in one piece: what the device said that it has, and what followed. */
  readonly position: number;
  /** Everything that was sent, also what was sent again. */
  readonly bytes: number;
  readonly transfers: number;
  /** Of the transfer that counts, the one that began last. */
  readonly transfer: number;
  readonly isRunning: boolean;
  /** Bytes in a second, over the last transfer; undefined as long as it is too short to say. */
  readonly rate: number | undefined;
  readonly startedAt: number;
  readonly startedFrom: number;
}

/** A step that a device has reported, and when. */
export interface ReachedStep extends StepReport {
  readonly at: number;
}

/** All that is known of a device. Times in milliseconds of the clock on the wall. */
export interface DeviceRecord {
  readonly id: string;
  readonly device: DeviceName;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly fetches: Readonly<Partial<Record<DeliveredImage, Fetch>>>;
  /** The report that came last; undefined where none came, as from the published repartitioner. */
  readonly step: ReachedStep | undefined;
  /** Whether the device itself says that the new table is in place. */
  readonly isTableVerified: boolean;
  readonly flags: readonly Flag[];
  /** What happened, the oldest first; of a device that says much, the oldest are gone. */
  readonly log: readonly LogEntry[];
}

const LONGEST_LOG = 200;
/** Milliseconds. */
const SHORTEST_FOR_A_RATE = 250;

/** The record of a device after something has happened; `before` is undefined for one that was not seen yet. */
export function afterEvent(before: DeviceRecord | undefined, event: DeliveryEvent): DeviceRecord {
  const known = before ?? newRecord(event);
  const device = { ...known.device, ...withoutUnknown(event.device) };
  const flag = flagOf(known, event);
  return {
    ...known,
    id: deviceId(device),
    device,
    lastSeen: event.at,
    fetches: fetchesAfter(known.fetches, event),
    ...stepAfter(known, event),
    flags: flagsAfter(known.flags, flag, event),
    log: withEntries(known.log, [...logEntries(event), ...(flag ? [entryOf(flag)] : [])]),
  };
}

const newRecord = ({ device, at }: DeliveryEvent): DeviceRecord => ({
  id: deviceId(device),
  device,
  firstSeen: at,
  lastSeen: at,
  fetches: {},
  step: undefined,
  isTableVerified: false,
  flags: [],
  log: [],
});

/** Each kind once; what a later report explains is taken back, and stays in the log. */
const flagsAfter = (before: readonly Flag[], flag: Flag | undefined, event: DeliveryEvent): readonly Flag[] =>
  (flag && before.every(({ kind }) => kind !== flag.kind) ? [...before, flag] : before).filter(
    ({ kind }) => !isExplained(kind, event),
  );

/** A request without a MAC takes no MAC away. */
const withoutUnknown = ({ mac, address }: DeviceName): DeviceName =>
  mac === undefined ? { address } : { mac, address };

const withEntries = (log: readonly LogEntry[], more: readonly LogEntry[]): readonly LogEntry[] =>
  more.length === 0 ? log : [...log, ...more].slice(-LONGEST_LOG);

const entryOf = ({ at, message }: Flag): LogEntry => ({ at, level: "warning", message });

function fetchesAfter(fetches: DeviceRecord["fetches"], event: DeliveryEvent): DeviceRecord["fetches"] {
  if (event.kind !== "asked" && event.kind !== "sent" && event.kind !== "ended") return fetches;
  const before = fetches[event.image];
  const after = event.kind === "asked" ? begun(before, event) : before && continued(before, event);
  return after ? { ...fetches, [event.image]: after } : fetches;
}

const begun = (
  before: Fetch | undefined,
  { size, position, transfer, at }: Extract<DeliveryEvent, { readonly kind: "asked" }>,
): Fetch => ({
  size,
  position,
  bytes: before?.bytes ?? 0,
  transfers: (before?.transfers ?? 0) + 1,
  transfer,
  isRunning: true,
  rate: undefined,
  startedAt: at,
  startedFrom: position,
});

/** What an older connection still sends counts as sent, but says nothing of how far the device is. */
function continued(before: Fetch, event: Extract<DeliveryEvent, { readonly kind: "sent" | "ended" }>): Fetch {
  const bytes = before.bytes + (event.kind === "sent" ? event.bytes : 0);
  if (event.transfer !== before.transfer) return { ...before, bytes };
  const time = event.at - before.startedAt;
  const rate =
    time < SHORTEST_FOR_A_RATE ? before.rate : ((event.position - before.startedFrom) * 1000) / time;
  return { ...before, bytes, rate, position: event.position, isRunning: event.kind === "sent" };
}

function stepAfter(
  { step, isTableVerified }: DeviceRecord,
  event: DeliveryEvent,
): Pick<DeviceRecord, "step" | "isTableVerified"> {
  if (event.kind !== "reported") return { step, isTableVerified };
  const { report, at } = event;
  return { step: { ...report, at }, isTableVerified: tableAfter(isTableVerified, report) };
}

/** Only what the device has read back counts. */
function tableAfter(before: boolean, { step, result, fields }: StepReport): boolean {
  if (step === "check-device" && fields.table !== undefined) return fields.table === "target";
  if (step === "write-table") return result === "ok";
  return before || isAfterTable(step) || (step === "check-target" && result === "ok");
}
