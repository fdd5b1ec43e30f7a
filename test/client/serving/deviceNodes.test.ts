import { describe, expect, it } from "vitest";
import { deviceNode } from "../../../client/serving/deviceNodes";
import { afterEvent, type DeviceRecord } from "../../../core/delivery/deviceRecord";
import type { DeliveryEvent } from "../../../core/delivery/events";
import { readStepReport } from "../../../core/delivery/stepReport";

const device = { mac: "24:6f:28:00:00:01", address: "192.168.1.77" };
const transfer = { device, image: "micropython", transfer: 1, size: 1_000_000 } as const;

function reported(at: number, words: string): DeliveryEvent {
  const report = readStepReport(`crossflash: ${words}`);
  if (!report.ok) throw new Error(report.message);
  return { kind: "reported", at, device, report: report.value };
}

function recordOf(...events: readonly DeliveryEvent[]): DeviceRecord {
  const record = events.reduce<DeviceRecord | undefined>(afterEvent, undefined);
  if (!record) throw new Error("no events");
  return record;
}

const inPlace = reported(0, "step=check-target result=ok");
const half: readonly DeliveryEvent[] = [
  { kind: "asked", at: 1000, position: 0, ...transfer },
  { kind: "sent", at: 2000, position: 500_000, bytes: 500_000, ...transfer },
];

describe("a line of the Devices view", () => {
  it("says what the device does, and in its children all that is known", () => {
    const node = deviceNode(recordOf(inPlace, ...half), undefined, 62_000);
    expect(node).toMatchObject({
      id: "24:6f:28:00:00:01",
      label: "24:6f:28:00:00:01",
      description: "downloading MicroPython, 50 % at 488 KB/s",
      icon: "sync",
      context: "device",
      spoken: "24:6f:28:00:00:01, downloading MicroPython, 50 % at 488 KB/s",
    });
    expect(node.children.map(({ label, description }) => [label, description])).toEqual([
      ["Step", "The repartitioner checks what it has done: done (step 10 of 13)."],
      ["MicroPython", "sent up to 500,000 bytes of 1,000,000 bytes in 1 request, 488 KB/s"],
      ["Last seen", "60 s ago"],
      ["MAC", "24:6f:28:00:00:01"],
      ["Address", "192.168.1.77"],
    ]);
  });

  it("has the name that the user gave to the board", () => {
    expect(deviceNode(recordOf(inPlace), "Kitchen", 0)).toMatchObject({ label: "Kitchen", id: device.mac });
  });

  it.each<[events: readonly DeliveryEvent[], icon: string]>([
    [[inPlace], "circuit-board"],
    [half, "warning"],
    [[reported(0, "step=check-device result=stopped reason=protected")], "error"],
    [[reported(0, "step=select-micropython result=ok")], "pass"],
    [[reported(-100_000, "step=erase-filesystem result=started")], "watch"],
  ])("shows at a glance what is to be thought of it: %j", (events, icon) => {
    const record = recordOf(...events);
    expect(deviceNode(record, undefined, 2000).icon).toBe(icon);
  });

  it("begins with what is out of order", () => {
    const [first] = deviceNode(recordOf(...half), undefined, 2000).children;
    expect(first).toMatchObject({
      label: "Table not reported",
      description: expect.stringContaining("no report says"),
    });
  });

  it.each([
    [0, "just now"],
    [45_000, "45 s ago"],
    [200_000, "3 min ago"],
    [8_000_000, "2 h ago"],
  ])("tells when it was seen: %i", (age, expected) => {
    const { children } = deviceNode(recordOf(inPlace), undefined, age);
    expect(children.find(({ label }) => label === "Last seen")?.description).toBe(expected);
  });
});
