import { describe, expect, test } from "vitest";
import { inspectImage } from "../../../core/image/inspect";
import { fieldJob, routeFrom } from "../../../core/rehearsal/fieldJob";
import { type FileChanges, readThis, rehearsalFiles, rehearsalOf } from "../../device/support/rehearsed";
import { makeRepartitioner } from "../../support/deliveryFixture";
import { makeMicroPython } from "../../support/imageFixture";

const withoutApp = String(rehearsalFiles["crossflash.json"]).replace(',"app":"field/app.bin"', "");

async function checkRefused(changes: FileChanges, question: Parameters<typeof readThis>[1], words: string) {
  const read = await readThis(changes, question);
  expect(read.ok ? "it is rehearsed" : read.message).toContain(words);
}

describe("what a rehearsal needs", () => {
  test("is all there for a real board, and nothing stands for anything else", async () => {
    const { images, standIns, app, bootloader, config } = await rehearsalOf({}, { isVirtual: false });
    expect(images.map(({ image }) => image)).toEqual(["repartitioner", "micropython"]);
    expect(standIns).toEqual([]);
    expect({ app: app.name, bootloader }).toEqual({ app: "field/app.bin", bootloader: undefined });
    expect(config.receiverOffset).toBe(0x150000);
  });

  test("has stand-ins for a virtual board, each of them said", async () => {
    const { images, standIns, app, bootloader } = await rehearsalOf(
      { "crossflash.json": withoutApp },
      { repartitioner: undefined },
    );
    expect(standIns).toHaveLength(4);
    expect(standIns.join(" ")).toMatch(
      /simulated firmware.*no repartitioner yet.*no app.*no file with the bootloader/,
    );
    for (const [bytes, kind] of [
      [images[0]?.bytes, "app"],
      [app.bytes, "app"],
      [bootloader?.bytes, "bootloader"],
    ] as const)
      expect(inspectImage(bytes ?? new Uint8Array()).kind).toBe(kind);
  });

  test.each<[what: string, changes: FileChanges, question: Parameters<typeof readThis>[1], words: string]>([
    [
      "a real board without a repartitioner",
      {},
      { isVirtual: false, repartitioner: undefined },
      "Only a virtual board can rehearse without one.",
    ],
    [
      "a real board without the app of the field",
      { "crossflash.json": withoutApp },
      { isVirtual: false },
      "which app the devices run",
    ],
    [
      "images that are swapped",
      { "repartitioner.bin": makeMicroPython({ size: 0x8000 }) },
      {},
      "stands in the place of the repartitioner",
    ],
    [
      "a repartitioner that is damaged",
      { "repartitioner.bin": makeRepartitioner().fill(0, 200, 300) },
      {},
      "repartitioner.bin",
    ],
    [
      "a flash of unknown size",
      { "crossflash.json": String(rehearsalFiles["crossflash.json"]).replace('"flashSize":"4MB",', "") },
      {},
      "flashSize",
    ],
    ["no manifest", { "crossflash.json": undefined }, {}, "crossflash.json is not there"],
  ])("is refused with %s", (_, changes, question, words) => checkRefused(changes, question, words));
});

describe("the field state of a rehearsal", () => {
  test("has a file where MicroPython gets its filesystem, so that erasing is seen", async () => {
    const job = fieldJob(await rehearsalOf(), "app1");
    if (!job.ok) throw new Error(job.message);
    expect(job.value.regions.map(({ name, address }) => [name, address])).toEqual([
      ["bootloader", 0x1000],
      ["partition table", 0x8000],
      ["otadata", 0xe000],
      ["app1", 0x150000],
      ["files", 0x3ff000],
    ]);
  });

  test("starts from a slot that the plan has", async () => {
    const rehearsal = await rehearsalOf();
    expect(routeFrom(rehearsal, "app0")).toMatchObject({ ok: true, value: { start: "app0" } });
    expect(routeFrom(rehearsal, undefined)).toMatchObject({ ok: true });
    expect(routeFrom(rehearsal, "spiffs")).toMatchObject({
      ok: false,
      message: "The plan has no device that runs from 'spiffs'. It has them from 'app0', 'app1'.",
    });
  });
});
