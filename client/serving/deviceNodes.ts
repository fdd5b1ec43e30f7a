import type { DeviceRecord, Fetch } from "../../core/delivery/deviceRecord";
import { type DeviceVerdict, deviceVerdict } from "../../core/delivery/deviceVerdict";
import { type DeliveredImage, imageTitles } from "../../core/delivery/events";
import { reportText } from "../../core/delivery/eventText";
import { fetchText } from "../../core/delivery/exportLog";
import type { Flag } from "../../core/delivery/outOfOrder";
import type { TreeNode } from "../views/treeNode";

const icons: Readonly<Record<DeviceVerdict["kind"], string>> = {
  done: "pass",
  busy: "sync",
  waiting: "circuit-board",
  stalled: "watch",
  flagged: "warning",
  failed: "error",
};

/** A device with what is known of it. `now` in milliseconds of the clock on the wall. */
export function deviceNode(record: DeviceRecord, name: string | undefined, now: number): TreeNode {
  const { id } = record;
  const { kind, text } = deviceVerdict(record, now);
  const label = name ?? id;
  const facts = factsOf(record, now);
  return {
    id,
    label,
    description: text,
    tooltip: [`${label} · ${text}`, ...facts.map(([what, said]) => `${what}: ${said}`)].join("\n"),
    icon: icons[kind],
    context: "device",
    spoken: `${label}, ${text}`,
    children: facts.map(([what, said, icon]) => ({
      id: `${id}/${what}`,
      label: what,
      description: said,
      tooltip: `${what}: ${said}`,
      icon,
      context: "fact",
      spoken: `${what}: ${said}`,
      children: [],
    })),
  };
}

const flagTitles: Readonly<Record<Flag["kind"], string>> = {
  "before-table": "Out of order",
  unreported: "Table not reported",
};

type Fact = readonly [what: string, text: string, icon: string];

function factsOf({ device, step, fetches, flags, lastSeen }: DeviceRecord, now: number): readonly Fact[] {
  return [
    ...flags.map(({ kind, message }): Fact => [flagTitles[kind], message, "warning"]),
    ["Step", step ? reportText(step) : "none reported", "list-ordered"],
    ...(["repartitioner", "micropython"] as const).flatMap((image) => fetchFact(image, fetches[image])),
    ["Last seen", agoText(now - lastSeen), "clock"],
    ...(device.mac === undefined ? [] : [["MAC", device.mac, "key"] as const]),
    ["Address", device.address, "globe"],
  ];
}

const fetchFact = (image: DeliveredImage, fetch: Fetch | undefined): readonly Fact[] =>
  fetch ? [[imageTitles[image], fetchText(fetch), "cloud-download"]] : [];

/** `just now`, `45 s ago`, `3 min ago`. */
function agoText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 5) return "just now";
  if (seconds < 90) return `${seconds} s ago`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min ago` : `${Math.round(seconds / 3600)} h ago`;
}
