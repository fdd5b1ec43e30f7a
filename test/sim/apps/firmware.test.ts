import { describe, expect, it } from "vitest";
import { blankEntry, decodeOtadata, type OtaData, OtaState, otaEntry } from "../../../core/ota/otadata";
import { firmware } from "../../../core/sim/apps/firmware";
import { runDevice } from "../../../core/sim/device";
import { readFlash, withStuckSector } from "../../../core/sim/flash/flash";
import type { Network, ServerFault } from "../../../core/sim/server";
import {
  type FlashFixture,
  image,
  images,
  makeFlash,
  makeSetup,
  OTA_ROWS,
  OTADATA,
  SLOT_0,
  SLOT_1,
  stateOf,
} from "../support/deviceFixture";

const inField: FlashFixture = { apps: [[SLOT_0, images.firmware.bytes]], otadata: [otaEntry(1), blankEntry] };
const entriesOf = (bytes: Uint8Array): OtaData => {
  const decoded = decodeOtadata(bytes);
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.value;
};

describe("the firmware of the field updates itself", () => {
  const run = runDevice(makeSetup(), stateOf(makeFlash(inField)));

  it("and the repartitioner starts", () => {
    expect(run).toMatchObject({ end: "idle", app: "repartitioner", offset: SLOT_1 });
    expect(run.lives.map(({ app, end }) => [app, end])).toEqual([
      ["firmware", "restart"],
      ["repartitioner", "idle"],
    ]);
    expect(readFlash(run.state.flash, SLOT_1, images.repartitioner.bytes.length)).toEqual(
      images.repartitioner.bytes,
    );
    expect(run.state.flash.lifts).toEqual([]);
  });

  it("by erasing the whole slot in blocks, writing pieces of 4 KB, and an entry of otadata", () => {
    const size = images.repartitioner.bytes.length;
    const pieces = Math.ceil(size / 0x1000);
    const shapes = run.operations.map(({ op, offset, size, step }) => [op, offset, size, step]);
    expect(shapes).toEqual([
      ...Array.from({ length: 20 }, (_, block) => [
        "erase",
        SLOT_1 + block * 0x10000,
        0x10000,
        "deliver-repartitioner",
      ]),
      ...Array.from({ length: pieces }, (_, piece) => [
        "write",
        SLOT_1 + piece * 0x1000,
        Math.min(0x1000, size - piece * 0x1000),
        "deliver-repartitioner",
      ]),
      ["erase", OTADATA + 0x1000, 0x1000, "start-repartitioner"],
      ["write", OTADATA + 0x1000, 32, "start-repartitioner"],
    ]);
    expect(run.operations.every(({ app }) => app === "firmware")).toBe(true);
  });
});

describe("what can go wrong", () => {
  const fault = (kind: ServerFault["kind"], requests: ServerFault["requests"], at?: number): ServerFault => ({
    kind,
    requests,
    at,
  });
  it.each<{ what: string; network: Partial<Network>; app: string; says: string }>([
    {
      what: "nobody answers for a while",
      network: { faults: [fault("gone", 3)] },
      app: "repartitioner",
      says: "the server cannot be reached",
    },
    {
      what: "nobody ever answers",
      network: { faults: [fault("gone", "always")] },
      app: "firmware",
      says: "the server cannot be reached",
    },
    {
      what: "there is no such file",
      network: { faults: [fault("not-found", 1)] },
      app: "repartitioner",
      says: "the server answers 404",
    },
    {
      what: "the connection breaks",
      network: { faults: [fault("drop", 2, 0x5000)] },
      app: "repartitioner",
      says: "the connection broke after 20480 bytes",
    },
    {
      what: "it always breaks",
      network: { faults: [fault("drop", "always", 0x5000)] },
      app: "firmware",
      says: "the connection broke after 20480 bytes",
    },
    {
      what: "nothing comes any more",
      network: { faults: [fault("stall", 1)] },
      app: "repartitioner",
      says: "the connection broke",
    },
    {
      what: "the file is cut short",
      network: { faults: [fault("truncate", 1)] },
      app: "repartitioner",
      says: "ESP_ERR_OTA_VALIDATE_FAILED",
    },
    {
      what: "a byte is wrong",
      network: { faults: [fault("corrupt", 1)] },
      app: "repartitioner",
      says: "ESP_ERR_OTA_VALIDATE_FAILED",
    },
    {
      what: "the first byte is wrong",
      network: { faults: [fault("corrupt", 1, 0)] },
      app: "repartitioner",
      says: "ESP_ERR_OTA_VALIDATE_FAILED",
    },
    {
      what: "the length is unknown",
      network: { faults: [fault("no-length", 1)] },
      app: "repartitioner",
      says: "update installed",
    },
    {
      what: "it is larger than the slot",
      network: {
        files: {
          repartitioner: image("repartitioner", 0x150000).bytes,
          micropython: images.micropython.bytes,
        },
      },
      app: "firmware",
      says: "the update is larger than its slot",
    },
    {
      what: "there is no Wi-Fi for a while",
      network: { wifi: { refuses: 4 } },
      app: "repartitioner",
      says: "no Wi-Fi",
    },
    {
      what: "there is never any Wi-Fi",
      network: { wifi: { refuses: "always" } },
      app: "firmware",
      says: "no Wi-Fi",
    },
  ])("$what", ({ network, app, says }) => {
    const run = runDevice(makeSetup(), stateOf(makeFlash(inField), network));
    expect(run).toMatchObject({ app, end: app === "firmware" ? "waiting" : "idle" });
    expect(run.log.map(({ text }) => text).join("\n")).toContain(says);
    if (app === "firmware")
      expect(entriesOf(readFlash(run.state.flash, OTADATA, 0x2000))[1].seq).toBe(0xffffffff);
  });

  it("a sector that is stuck keeps the old firmware running", () => {
    const flash = withStuckSector(
      makeFlash({ ...inField, apps: [...(inField.apps ?? []), [SLOT_1, images.firmware.bytes]] }),
      SLOT_1 + 0x3000,
    );
    expect(runDevice(makeSetup(), stateOf(flash))).toMatchObject({ app: "firmware", end: "waiting" });
  });

  it.each<[string, FlashFixture, string]>([
    [
      "no second slot",
      { rows: OTA_ROWS.filter(({ label }) => label !== "app1"), apps: inField.apps ?? [] },
      "idle",
    ],
    [
      "no otadata and no factory app",
      { rows: OTA_ROWS.filter(({ label }) => label !== "otadata"), apps: inField.apps ?? [] },
      "idle",
    ],
    ["no MD5 row, which this app wants", { ...inField, md5Row: "none" }, "waiting"],
  ])("%s: nothing is written into a slot", (_, fixture, end) => {
    const run = runDevice(makeSetup(), stateOf(makeFlash(fixture)));
    expect(run).toMatchObject({ end, app: "firmware" });
    expect(run.operations.filter(({ offset }) => offset >= SLOT_0)).toEqual([]);
  });
});

describe("with rollback", () => {
  const setup = makeSetup(
    { firmware: firmware({ rollback: true }) },
    { kind: "rollback", idfVersion: "v4.4.4" },
  );

  it("the update is on trial, and without a confirmation the firmware comes back", () => {
    const run = runDevice(setup, stateOf(makeFlash(inField)));
    const entry = entriesOf(readFlash(run.state.flash, OTADATA, 0x2000))[1];
    expect([run.app, entry.seq, entry.state]).toEqual(["repartitioner", 2, OtaState.pendingVerify]);
    expect(run.operations.at(-1)).toMatchObject({ app: "bootloader", step: "start-repartitioner" });
    const again = runDevice({ ...setup, limits: { lives: 1 } }, run.state);
    expect(again.lives[0]?.app).toBe("firmware");
  });

  it("a firmware that is on trial confirms itself before it updates", () => {
    const onTrial: FlashFixture = { ...inField, otadata: [otaEntry(1, OtaState.new), blankEntry] };
    const run = runDevice(setup, stateOf(makeFlash(onTrial)));
    expect(run.app).toBe("repartitioner");
    expect(entriesOf(readFlash(run.state.flash, OTADATA, 0x2000))[0].state).toBe(OtaState.valid);
  });

  it("one that cannot confirm itself is refused its update", () => {
    const pending: FlashFixture = { ...inField, otadata: [otaEntry(1, OtaState.pendingVerify), blankEntry] };
    const run = runDevice(setup, stateOf(withStuckSector(makeFlash(pending), OTADATA)));
    expect(run).toMatchObject({ app: "firmware", end: "waiting" });
    expect(run.log.map(({ text }) => text).join("\n")).toContain("ESP_ERR_OTA_ROLLBACK_INVALID_STATE");
  });
});
