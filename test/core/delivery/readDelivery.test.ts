import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hasErrors, readDelivery } from "../../../core/delivery/readDelivery";
import { concat } from "../../support/bytes";
import {
  deliveryFiles,
  deliveryManifest,
  makeRepartitioner,
  smallMicropython as micropython,
  sourceRows,
  targetRows,
} from "../../support/deliveryFixture";
import {
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
} from "../../support/imageFixture";
import { memoryFiles } from "../../support/memoryFiles";

type Changes = Readonly<Record<string, string | Uint8Array>>;

async function attempt(changes: Changes, hasRepartitioner: boolean) {
  const files = Object.entries({ ...deliveryFiles, ...changes }).map(([name, content]) => [
    `/p/${name}`,
    content,
  ]);
  const repartitioner = { name: "repartitioner.bin", path: "/p/repartitioner.bin" };
  return readDelivery(
    { manifestPath: "/p/crossflash.json", root: "/p" },
    hasRepartitioner ? { repartitioner } : {},
    memoryFiles(Object.fromEntries(files)),
  );
}

async function delivery(changes: Changes = {}, hasRepartitioner = true) {
  const read = await attempt(changes, hasRepartitioner);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

const manifest = (changes: object): Changes => ({
  "crossflash.json": JSON.stringify({ ...deliveryManifest, ...changes }),
});
const messages = async (changes: Changes, hasRepartitioner = true) => {
  const read = await attempt(changes, hasRepartitioner);
  if (!read.ok) return `error: ${read.message}`;
  const { findings, images } = read.value;
  expect(images.length === 0).toBe(hasErrors(findings));
  return findings.map(({ severity, message }) => `${severity}: ${message}`).join("\n");
};
const damaged = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, (bytes[at] ?? 0) ^ 0x40);
const otherTable = makeTable(targetRows.map((row) => ({ ...row, size: row.size - 0x1000 })));

describe("what may be served", () => {
  it("is the two images, with their hashes, under the paths of the manifest", async () => {
    const { images, findings } = await delivery();
    expect(findings).toEqual([]);
    expect(images.map(({ image, path, planned, sha256 }) => ({ image, path, planned, sha256 }))).toEqual(
      (["repartitioner", "micropython"] as const).map((image) => ({
        image,
        path: `/${image}.bin`,
        planned: { isSecure: false, host: "127.0.0.1", port: 9000 },
        sha256: createHash("sha256")
          .update(deliveryFiles[`${image}.bin`] ?? "")
          .digest("hex"),
      })),
    );
  });

  it("is only the app, as it is installed, and not what stands behind it", async () => {
    const { images, findings } = await delivery({
      "micropython.bin": concat([micropython, new Uint8Array(100).fill(7)]),
    });
    expect(images[1]?.bytes).toEqual(micropython);
    expect(findings).toMatchObject([{ severity: "warning", message: expect.stringContaining("100 bytes") }]);
  });

  it("is MicroPython alone where there is no repartitioner, which is said", async () => {
    const { images, findings } = await delivery({}, false);
    expect(images.map(({ image }) => image)).toEqual(["micropython"]);
    expect(findings).toMatchObject([{ severity: "warning", image: "repartitioner" }]);
  });

  it("is what was looked at, also where a build replaces the files meanwhile", async () => {
    const files = memoryFiles(
      Object.fromEntries(Object.entries(deliveryFiles).map(([name, content]) => [`/p/${name}`, content])),
    );
    const asked: string[] = [];
    const read = await readDelivery(
      { manifestPath: "/p/crossflash.json", root: "/p" },
      { repartitioner: { name: "repartitioner.bin", path: "/p/repartitioner.bin" } },
      {
        read(path) {
          const isAgain = asked.includes(path);
          asked.push(path);
          return isAgain ? Promise.resolve(undefined) : files.read(path);
        },
        inspect: () => Promise.reject(new Error("read by somebody else")),
      },
    );
    expect(read).toMatchObject({ ok: true, value: { findings: [], images: [{}, {}] } });
  });

  it("is a repartitioner that has both tables, as ours does", async () => {
    const both = [makeTable(sourceRows), makeTable(targetRows)];
    expect(await messages({ "repartitioner.bin": makeRepartitioner(both) })).toBe("");
  });
});

describe("a wrong image is refused", () => {
  it.each<[what: string, changes: Changes, expected: RegExp]>([
    [
      "combined instead of app-only",
      { "micropython.bin": makeCombined() },
      /^error: .*'micropython\.bin' is bootloader, partition table and app in one file/,
    ],
    [
      "a combined repartitioner",
      { "repartitioner.bin": makeCombined({ apps: { factory: makeApp() } }) },
      /^error: 'repartitioner\.bin' is bootloader, partition table and app/,
    ],
    ["a bootloader", { "micropython.bin": makeBootloader() }, /^error: .* is a bootloader/],
    [
      "a text",
      { "micropython.bin": "Hello" },
      /^error: .*'micropython\.bin' cannot be used\. An ESP32 image begins/,
    ],
    [
      "a checksum that is wrong",
      { "micropython.bin": damaged(makeMicroPython({ hash: "none" }), 0x60) },
      /^error: .*checksum/i,
    ],
    [
      "a SHA-256 that is wrong",
      { "micropython.bin": damaged(micropython, micropython.length - 1) },
      /^error: .*SHA-256/,
    ],
    ["one that is cut off", { "micropython.bin": micropython.subarray(0, 5000) }, /^error: .*cut off/],
    [
      "for another chip",
      { "micropython.bin": makeMicroPython({ chip: "esp32c3" }) },
      /^error: .*'micropython\.bin' is built for ESP32-C3, but /,
    ],
    [
      "MicroPython that is too large for its slot",
      { "micropython.bin": makeMicroPython({ size: 0x190000 }) },
      /^error: 'micropython\.bin' has 1,638,400 bytes and does not fit 'app1' of 1,572,864 bytes: 65,536 bytes too many/m,
    ],
    [
      "a repartitioner that is too large for its slots",
      { "repartitioner.bin": makeRepartitioner(undefined, 0x150000) },
      /^error: The repartitioner has .* does not fit 'app1'/m,
    ],
    [
      "the two swapped",
      { "micropython.bin": makeRepartitioner(), "repartitioner.bin": micropython },
      /^error: 'repartitioner\.bin' is MicroPython v1\.23\.0, but .*\nerror: 'micropython\.bin' is an app without MicroPython/,
    ],
    [
      "a repartitioner that was built for another table",
      { "repartitioner.bin": makeRepartitioner([otherTable]) },
      /^error: 'repartitioner\.bin' was built for another table/,
    ],
    [
      "a repartitioner that writes the table of today",
      { "repartitioner.bin": makeRepartitioner([makeTable(sourceRows)]) },
      /^error: 'repartitioner\.bin' was built for another table/,
    ],
    [
      "both under one address",
      manifest({
        delivery: { repartitioner: "http://10.0.0.5/fw.bin", micropython: "http://10.0.0.5/fw.bin" },
      }),
      /^error: "repartitioner" and "micropython" of "delivery" both end in \/fw\.bin/,
    ],
    ["with a bootloader that does not start it", manifest({ bootloader: { idf: "v3.3.5" } }), /^error: /],
    [
      "for a plan with errors",
      {
        "partitions.csv": String(deliveryFiles["partitions.csv"]).replace(
          "app0, 0, 16, 0x10000",
          "app0, 0, 16, 0x20000",
        ),
      },
      /^error: 'app0'/m,
    ],
  ])("%s", async (_, changes, expected) => {
    expect(await messages(changes)).toMatch(expected);
  });

  it.each<[what: string, changes: Changes, expected: RegExp]>([
    [
      "which table a repartitioner writes cannot be seen",
      { "repartitioner.bin": makeRepartitioner([]) },
      /^warning: Which table 'repartitioner\.bin' writes cannot be seen/,
    ],
    [
      "it knows another source table",
      { "repartitioner.bin": makeRepartitioner([makeTable(targetRows), otherTable]) },
      /^warning: .*another table that is neither/,
    ],
    ["the chip is not known", manifest({ chip: undefined, bootloader: undefined }), /^warning: Which chip/m],
    [
      "an image has no SHA-256",
      { "micropython.bin": makeMicroPython({ hash: "none" }) },
      /^warning: .*only its checksum/,
    ],
  ])("a warning where %s", async (_, changes, expected) => {
    expect(await messages(changes)).toMatch(expected);
  });

  it("says what the manifest lacks", async () => {
    await expect(delivery(manifest({ target: { table: "partitions.csv" } }))).rejects.toThrow(/micropython/);
    await expect(
      delivery({
        "micropython.bin": "",
        ...manifest({ target: { table: "partitions.csv", micropython: "gone.bin" } }),
      }),
    ).rejects.toThrow(/gone\.bin/);
  });
});
