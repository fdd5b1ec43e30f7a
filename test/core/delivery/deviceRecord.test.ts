import { describe, expect, it } from "vitest";
import type { DeviceName } from "../../../core/delivery/device";
import { afterEvent, type DeviceRecord } from "../../../core/delivery/deviceRecord";
import { deviceVerdict } from "../../../core/delivery/deviceVerdict";
import type { DeliveredImage, DeliveryEvent } from "../../../core/delivery/events";
import { logJson, logText } from "../../../core/delivery/exportLog";
import { readStepReport } from "../../../core/delivery/stepReport";

const device: DeviceName = { mac: "24:6f:28:00:00:01", address: "192.168.1.77" };
const SIZE = 1_000_000;

const asked = (at: number, image: DeliveredImage, position = 0, transfer = at): DeliveryEvent => ({
  kind: "asked",
  at,
  device,
  image,
  size: SIZE,
  position,
  transfer,
});
const sent = (at: number, transfer: number, position: number, bytes: number): DeliveryEvent => ({
  kind: "sent",
  at,
  device,
  image: "micropython",
  size: SIZE,
  position,
  transfer,
  bytes,
});
const ended = (at: number, transfer: number, position: number, end = SIZE): DeliveryEvent => ({
  kind: "ended",
  end,
  at,
  device,
  image: "micropython",
  size: SIZE,
  position,
  transfer,
});
function reported(at: number, words: string): DeliveryEvent {
  const report = readStepReport(`crossflash: ${words}`);
  if (!report.ok) throw new Error(report.message);
  return { kind: "reported", at, device, report: report.value };
}

const recordOf = (...events: readonly DeliveryEvent[]): DeviceRecord => {
  const record = events.reduce<DeviceRecord | undefined>(afterEvent, undefined);
  if (!record) throw new Error("no events");
  return record;
};
const verdict = (record: DeviceRecord, now = record.lastSeen) => deviceVerdict(record, now);
const inPlace = reported(1, "step=check-target result=ok");

describe("the record of a device", () => {
  it("knows what was fetched, how much and how fast", () => {
    const record = recordOf(inPlace, asked(1000, "micropython"), sent(2000, 1000, 400_000, 400_000));
    expect(record).toMatchObject({
      id: "24:6f:28:00:00:01",
      firstSeen: 1,
      lastSeen: 2000,
      fetches: { micropython: { position: 400_000, bytes: 400_000, rate: 400_000, isRunning: true } },
    });
    expect(verdict(record)).toEqual({ kind: "busy", text: "downloading MicroPython, 40 % at 391 KB/s" });
  });

  it("goes on from where the device says that it is", () => {
    const record = recordOf(
      inPlace,
      asked(1000, "micropython"),
      sent(1500, 1000, 600_000, 600_000),
      ended(1600, 1000, 600_000),
      asked(3000, "micropython", 500_000, 2),
      sent(4000, 2, SIZE, 500_000),
      ended(4000, 2, SIZE),
    );
    expect(record.fetches.micropython).toMatchObject({
      position: SIZE,
      bytes: 1_100_000,
      transfers: 2,
      rate: 500_000,
      isRunning: false,
    });
    expect(record.log.map(({ message }) => message)).toEqual([
      "The repartitioner checks what it has done: done (step 10 of 13).",
      "It asks for MicroPython.",
      "The connection ended at 0x927c0 of 0xf4240 of MicroPython. The device can go on from there.",
      "It asks for MicroPython, from 0x7a120 on.",
      "All 1,000,000 bytes of MicroPython were sent.",
    ]);
  });

  it("has got what it asked for, piece by piece", () => {
    const record = recordOf(inPlace, asked(2, "micropython", 0, 1), ended(3, 1, 4096, 4096));
    expect(record.log.at(-1)).toMatchObject({
      level: "information",
      message: "It was sent what it asked for, up to 0x1000 of 0xf4240 of MicroPython.",
    });
  });

  it("does not mistake an older connection for progress", () => {
    const record = recordOf(
      asked(1, "micropython", 0, 1),
      asked(2, "micropython", 10, 2),
      sent(3, 1, 900_000, 900_000),
      ended(4, 1, 900_000),
    );
    expect(record.fetches.micropython).toMatchObject({ position: 10, bytes: 900_000, isRunning: true });
  });

  it("keeps a log that ends somewhere", () => {
    const record = recordOf(...Array.from({ length: 1000 }, (_, at) => reported(at, "step=reset result=ok")));
    expect(record.log).toHaveLength(200);
    expect(record.log.at(-1)?.at).toBe(999);
  });

  it("keeps its MAC where a request does not tell it", () => {
    const { address } = device;
    const record = recordOf(inPlace, {
      kind: "refused",
      at: 2,
      device: { address },
      status: 404,
      why: "No.",
    });
    expect(record).toMatchObject({ id: device.mac, device });
  });
});

describe("the order of requests", () => {
  const table = "step=check-device result=ok running=runner table=";
  it.each<[what: string, before: readonly DeliveryEvent[], flag: string | undefined]>([
    ["the new table is checked", [inPlace], undefined],
    ["the new table is found", [reported(1, `${table}target`)], undefined],
    ["the table was written and read back", [reported(1, "step=write-table result=ok")], undefined],
    ["the old table is found", [reported(1, `${table}source`)], "before-table"],
    ["the table is being written", [reported(1, "step=write-table result=started")], "before-table"],
    ["the table is torn after all", [inPlace, reported(2, `${table}torn`)], "before-table"],
    ["nothing was reported", [], "unreported"],
  ])("MicroPython is asked for when %s", (_, before, flag) => {
    const record = recordOf(...before, asked(5, "micropython"), asked(6, "micropython"));
    expect(record.flags.map(({ kind, at }) => [kind, at])).toEqual(flag === undefined ? [] : [[flag, 5]]);
    expect(verdict(record).kind).toBe(flag === undefined ? "busy" : "flagged");
    expect(record.log.filter(({ level }) => level === "warning")).toHaveLength(flag === undefined ? 0 : 2);
  });

  it.each<[what: string, asks: readonly DeliveryEvent[], report: string, left: readonly string[]]>([
    [
      "goes on with its download after the server was ended",
      [asked(1, "micropython")],
      "step=download-micropython result=started from=65536",
      [],
    ],
    [
      "downloads again after reports that were lost",
      [reported(1, `${table}source`), asked(2, "micropython")],
      "step=download-micropython result=failed reason=dropped attempt=1",
      [],
    ],
    ["verifies its table late", [asked(1, "micropython")], "step=check-target result=ok", []],
    [
      "had the old table when it asked",
      [reported(1, `${table}source`), asked(2, "micropython")],
      "step=check-target result=ok",
      ["before-table"],
    ],
    ["has no verified table", [asked(1, "micropython")], "step=check-target result=failed", ["unreported"]],
  ])("a device that %s", (_, asks, report, left) => {
    const record = recordOf(...asks, reported(3, report));
    expect(record.flags.map(({ kind }) => kind)).toEqual(left);
  });

  it("says nothing of the repartitioner", () => {
    expect(recordOf(asked(1, "repartitioner")).flags).toEqual([]);
  });
});

describe("the verdict on a device", () => {
  it.each<[words: string, kind: string, text: string]>([
    [
      "step=erase-filesystem result=started",
      "waiting",
      "step 9 of 13 · The place of the filesystem is erased: begun",
    ],
    [
      "step=check-device result=stopped reason=foreign-slot",
      "failed",
      "The repartitioner looks at the device: stopped, it runs from a slot that the plan does not know",
    ],
    ["step=copy-to-runner result=failed", "failed", "The repartitioner copies itself: failed"],
    ["step=go-back result=ok offset=0x10000", "failed", "The device goes back to its old firmware"],
    ["step=select-micropython result=ok", "done", "MicroPython is chosen; it starts with the next reset"],
  ])("%s", (words, kind, text) => {
    expect(verdict(recordOf(reported(1, words)))).toEqual({ kind, text });
  });

  it("becomes doubtful with time", () => {
    const record = recordOf(reported(1000, "step=erase-filesystem result=started"));
    expect(verdict(record, 61_000).kind).toBe("waiting");
    expect(verdict(record, 91_000)).toMatchObject({
      kind: "stalled",
      text: expect.stringMatching(/^silent for 90 s/),
    });
    const events = [asked(2, "micropython"), ended(3, 2, SIZE)];
    expect(verdict(recordOf(inPlace, ...events), 1e9).kind).toBe("stalled");
    expect(verdict(recordOf(...events), 1e9)).toEqual({
      kind: "flagged",
      text: "table not reported · MicroPython was sent",
    });
    const torn = recordOf(reported(1, "step=write-table result=started"), asked(2, "micropython"));
    expect(verdict(torn, 90_002).text).toMatch(/^out of order · silent for 90 s · /);
  });

  it("is no failure any more once the download goes on", () => {
    const failed = reported(5, "step=download-micropython result=failed reason=dropped attempt=1");
    expect(verdict(recordOf(inPlace, asked(2, "micropython"), failed)).kind).toBe("failed");
    expect(verdict(recordOf(inPlace, failed, asked(6, "micropython"))).kind).toBe("busy");
    const table = reported(5, "step=write-table result=failed attempt=1");
    expect(verdict(recordOf(table, asked(6, "micropython"))).kind).toBe("failed");
  });
});

describe("an exported log", () => {
  const frame = { served: ["/micropython.bin: x"], now: 5000, stamp: (at: number) => `t${at}` };
  const record = recordOf(
    inPlace,
    asked(1000, "micropython"),
    sent(2000, 1000, SIZE, SIZE),
    ended(2000, 1000, SIZE),
  );

  it("is for people", () => {
    expect(logText([record], frame)).toBe(`Crossflash update server, log of t5000
/micropython.bin: x

Device 24:6f:28:00:00:01 at 192.168.1.77: step 10 of 13 · The repartitioner checks what it has done: done
  seen from t1 to t2000
  MicroPython: 1,000,000 bytes sent in 1 request, 977 KB/s
  t1 information: The repartitioner checks what it has done: done (step 10 of 13).
  t1000 information: It asks for MicroPython.
  t2000 information: All 1,000,000 bytes of MicroPython were sent.
`);
  });

  it("is for programs", () => {
    expect(JSON.parse(logJson([record], frame))).toMatchObject({
      at: "t5000",
      devices: [
        {
          id: "24:6f:28:00:00:01",
          lastSeen: "t2000",
          step: { step: "check-target", result: "ok", published: 10, at: "t1" },
          verdict: { kind: "waiting" },
          fetches: { micropython: { position: SIZE, startedAt: "t1000" } },
          log: [{ at: "t1" }, { at: "t1000" }, { at: "t2000" }],
        },
      ],
    });
  });
});
