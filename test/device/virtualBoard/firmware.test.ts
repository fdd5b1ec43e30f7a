import { createHash } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryEvent } from "../../../core/delivery/events";
import type { Rehearsal } from "../../../core/rehearsal/readRehearsal";
import { startOtaServer } from "../../../device/otaServer";
import { simulatedFirmware } from "../../../device/rehearsal/simulated";
import { type VirtualBoard, virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { type VirtualTime, virtualTime } from "../../../device/virtualBoard/firmware/virtualTime";
import { fieldFlash } from "../support/fieldFlash";
import { type Listener, listenTo } from "../support/listener";
import { turn } from "../support/protocolClient";
import { rehearsalOf } from "../support/rehearsed";

interface Stage {
  readonly rehearsal: Rehearsal;
  readonly board: VirtualBoard;
  readonly heard: Listener;
  readonly time: VirtualTime;
  readonly events: readonly DeliveryEvent[];
}

/** A board of the field that is started while the server is there. */
async function staged(start: string, options: VirtualBoardOptions = {}): Promise<Stage> {
  const rehearsal = await rehearsalOf();
  const events: DeliveryEvent[] = [];
  const started = await startOtaServer({
    images: rehearsal.images,
    address: "127.0.0.1",
    port: 0,
    now: () => 0,
    onEvent: (event) => events.push(event),
  });
  if (!started.ok) throw new Error(started.message);
  const time = virtualTime();
  const firmware = simulatedFirmware(rehearsal, started.value, time, 0);
  const board = virtualBoard({ flash: fieldFlash(rehearsal, start), firmware, ...options });
  const heard = await listenTo(board);
  onTestFinished(async () => {
    board.unplug();
    await heard.close();
    await started.value.close();
  });
  return { rehearsal, board, heard, time, events };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function checkMigrated({ rehearsal: { config }, board: { flash } }: Stage): void {
  const { tableOffset, targetTable, receiverOffset, micropython } = config;
  expect(Buffer.from(flash.subarray(tableOffset, tableOffset + 0x1000)).equals(targetTable)).toBe(true);
  expect(sha256(flash.subarray(receiverOffset, receiverOffset + micropython.size))).toBe(micropython.sha256);
}

describe("a virtual board with simulated firmware", () => {
  test.each(["app0", "app1"])("migrates itself from %s, over real HTTP", async (start) => {
    const stage = await staged(start);
    await stage.heard.until(">>> ");
    checkMigrated(stage);
    const text = stage.heard.text();
    expect(text).toMatch(/I \(\d+\) crossflash: step=write-table result=ok\r\n/);
    expect(text).toContain("MicroPython v1.23.0 on 2024-06-02; Generic ESP32 module with ESP32\r\n");
    expect(text.includes("step=copy-to-runner result=ok")).toBe(start === "app0");
    const asked = stage.events.filter(({ kind }) => kind === "asked").map(({ device }) => device.mac);
    expect(asked).toEqual([undefined, "24:0a:c4:00:00:01"]);
    const reported = stage.events.flatMap((event) => (event.kind === "reported" ? event.report.step : []));
    expect(reported).toContain("select-micropython");
    expect(stage.time.now()).toBeGreaterThan(10_000);
  });

  test("its prompt answers", async () => {
    const { heard } = await staged("app1");
    await heard.until(">>> ");
    await heard.write("print(1)\r");
    await heard.until("print(1)\r\n>>> ");
  });

  test("counts its wear, and a stuck sector stops it before the table is touched", async () => {
    const stage = await staged("app1", { faults: [{ kind: "stuck", offset: 0x8000, size: 0x1000 }] });
    await stage.heard.until("step=write-table result=failed attempt=3");
    expect(stage.board.counters().erasedSectors).toBeGreaterThan(100);
    expect(stage.heard.text()).not.toContain("step=reset");
  });

  test("the reset line cuts an operation in its middle, and the device recovers", async () => {
    const stage = await staged("app1");
    const { heard, board } = stage;
    await heard.until("step=download-micropython result=started");
    await heard.reset();
    await heard.until(
      /step=download-micropython result=started[\s\S]*step=download-micropython result=started/,
    );
    await heard.until(">>> ");
    checkMigrated(stage);
    expect(board.counters().resets).toBe(5);
  });

  test("a cable that is pulled while the table is erased leaves neither table", async () => {
    const stage = await staged("app1");
    const before = stage.board.flash.slice(0x8000, 0x9000);
    await stage.heard.until("step=write-table result=started");
    // Erasing the sector takes 45 ms.
    await new Promise<void>((resolve) => {
      stage.time.after(20, () => {
        stage.board.unplug();
        resolve();
      });
    });
    const torn = stage.board.flash.slice(0x8000, 0x9000);
    expect(Buffer.compare(torn, before)).not.toBe(0);
    expect(Buffer.compare(torn, stage.rehearsal.config.targetTable)).not.toBe(0);
    await turn();
    expect(Buffer.compare(stage.board.flash.slice(0x8000, 0x9000), torn)).toBe(0);
  });

  test("without them an app says who it is and does nothing", async () => {
    const { board, heard } = await staged("app1");
    await heard.until("crossflash: step=");
    board.simulate(undefined);
    await heard.reset();
    await heard.until(/cpu_start: Project name: {5}(field|repartitioner)/);
  });
});

describe("the time of a simulated device", () => {
  test("passes with what it does, and rings in order", () => {
    const time = virtualTime();
    const rung: number[] = [];
    time.after(20, () => rung.push(20));
    time.after(10, () => rung.push(10));
    const cancel = time.after(15, () => rung.push(15));
    cancel();
    time.pass(9);
    expect(rung).toEqual([]);
    time.pass(30);
    expect(rung).toEqual([10, 20]);
    expect(time.now()).toBe(39);
  });

  test("goes on by itself while it rests", async () => {
    const time = virtualTime(0, 0);
    const rings = new Promise<number>((resolve) => time.after(5000, () => resolve(time.now())));
    time.rest();
    expect(await rings).toBe(5000);
  });
});
