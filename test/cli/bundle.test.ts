import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeApp, makeMicroPython } from "../support/imageFixture";
import { run, textOf, type World } from "./support/fakeIo";
import { migrationFiles, repartitioner, secure } from "./support/migration";

type Files = NonNullable<World["files"]>;

const bundle = (line: string, more: Files = {}) =>
  run(["bundle", "-o", "out", ...line.split(" ").filter((word) => word !== "")], {
    files: { ...migrationFiles, ...more },
  });
const whole = `--repartitioner repartitioner.bin ${secure}`;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The folder that was written, by path. */
async function folder(line: string, more?: Files) {
  const { code, err, written } = await bundle(line, more);
  return {
    code,
    err,
    files: new Map([...written].map(([path, bytes]) => [path.replace("out/", ""), bytes])),
  };
}

const hashes = (files: ReadonlyMap<string, Uint8Array>) =>
  new Map([...files].map(([path, bytes]) => [path, sha256(bytes)]));

async function releaseOf(line: string) {
  const { files } = await folder(line);
  return JSON.parse(textOf(files.get("release.json")) ?? "null");
}

describe("the folder", () => {
  it("holds the images as they are sent, under names that say what is in them", async () => {
    const { code, files } = await folder(`${whole} --devices 1000`);
    expect(code).toBe(0);
    const hash = sha256(repartitioner);
    expect(hashes(files).get(`images/repartitioner-${hash.slice(0, 12)}.bin`)).toBe(hash);
    expect([...files.keys()].filter((path) => !path.startsWith("images/"))).toEqual([
      "README.md",
      "release.json",
      "release.schema.json",
      "plan.md",
      "manifest/crossflash.json",
      "hawkbit/relay.json",
      "aws-iot/1-table.json",
      "thingsboard/1-table.json",
      "mender/1-table.json",
      "aws-iot/2-micropython.json",
      "thingsboard/2-micropython.json",
      "mender/2-micropython.json",
      "SHA256SUMS",
    ]);
  });

  it("has the SHA-256 of every file but its own", async () => {
    const { files } = await folder(whole);
    const lines = [...files]
      .filter(([path]) => path !== "SHA256SUMS")
      .map(([path, bytes]) => `${sha256(bytes)}  ${path}\n`);
    const sums = textOf(files.get("SHA256SUMS")) ?? "";
    expect(sums.split("\n").toSorted()).toEqual(lines.join("").split("\n").toSorted());
  });

  it("is the same whenever it is made", async () => {
    const again = async () => hashes((await folder(`${whole} --devices 300`)).files);
    expect(await again()).toEqual(await again());
  });

  it("says in words what comes first, what has to be reported and what a cut does", async () => {
    const { files } = await folder(`${whole} --devices 1000`);
    const text = textOf(files.get("README.md"));
    expect(text).toMatch(/`step=check-target result=ok`, kept as `crossflash_table=[0-9a-f]{12}`/);
    expect(text).toContain("| canary | 57 | 100 % verified | 0 % failed |");
    expect(text).toContain("must not fail during `write-table`");
  });
});

describe("the release", () => {
  it("has the second stage behind the verified table", async () => {
    const { stages, verdict, images } = await releaseOf(whole);
    expect(verdict).toBe("supported");
    expect(images.map(({ role }: { readonly role: string }) => role)).toEqual([
      "repartitioner",
      "micropython",
    ]);
    expect(stages[0].gate).toBeNull();
    expect(stages[1].gate.report).toEqual({ step: "check-target", result: "ok" });
  });

  it("grows from the canary to the whole fleet", async () => {
    const { rollout } = await releaseOf(`${whole} --devices 1000`);
    expect(rollout.groups.map(({ size }: { readonly size: number }) => size)).toEqual([57, 171, 513, 259]);
  });

  it.each([
    ["--cut-rate 100", { typical: 0.0000579, most: 0.00505 }],
    ["--cut-rate 0", { typical: 0, most: 0 }],
  ])("takes the stated rate of cuts: %s", async (line, perDevice) => {
    expect((await releaseOf(`${whole} ${line}`)).risk.perDevice).toEqual(perDevice);
  });
});

describe("a folder that holds something else", () => {
  it("is left alone, and one with an older bundle is written anew", async () => {
    const more = { "out/README.md": "# Mine" };
    const { code, err, written } = await bundle(whole, more);
    expect({ code, written: written.size }).toEqual({ code: 2, written: 0 });
    expect(err).toContain("'out/README.md' is there, and is of no bundle");
    expect((await bundle(whole, { ...more, "out/release.json": "{}" })).code).toBe(0);
  });
});

describe("the name of the repartitioner", () => {
  it("changes nothing, as somebody gives it", async () => {
    const other = whole.replace("repartitioner.bin", "build/repartitioner.bin");
    const { files } = await folder(other, { "build/repartitioner.bin": repartitioner });
    expect(hashes(files)).toEqual(hashes((await folder(whole)).files));
  });
});

describe("a simulation", async () => {
  const { fingerprint } = await releaseOf(whole);
  const simulated = (losses: object, more: object = {}) =>
    JSON.stringify({
      fingerprint,
      form: "crossflash-simulation-1",
      procedure: "safe",
      schedule: { kind: "exhaustive" },
      coverage: { isPartial: false },
      conclusion: { isAsDeclared: true },
      losses: { stuckSeconds: { typical: 0, most: 3 }, assumptions: ["As the datasheet has it."], ...losses },
      ...more,
    });
  const bricked = { brickedSeconds: { typical: 0.01, most: 2 } };
  const line = `${whole} --simulation sim.json`;

  it("is taken as 'crossflash simulate' writes it", async () => {
    const world = { files: migrationFiles };
    const { code, out } = await run(["simulate", ...whole.split(" "), "--format", "json"], world);
    expect(code).toBe(0);
    const { files } = await folder(line, { "sim.json": out });
    const { risk } = JSON.parse(textOf(files.get("release.json")) ?? "null");
    expect(risk).toMatchObject({ source: "simulation", stuckSeconds: { typical: expect.any(Number) } });
    expect(risk.hazardSeconds.most).toBeGreaterThan(0);
  });

  it("gives the risk, and the folder says so", async () => {
    const { files } = await folder(line, {
      "sim.json": simulated(bricked),
    });
    const { risk } = JSON.parse(textOf(files.get("release.json")) ?? "null");
    expect(risk).toMatchObject({ source: "simulation", hazardSeconds: { typical: 0.01, most: 2 } });
    expect(textOf(files.get("README.md"))).toContain(
      "at most 3, a cut leaves a device that somebody has to visit",
    );
  });

  it.each([
    ["no JSON", "{", /'sim\.json' cannot be used\. It is no report of the form/],
    ["no seconds", simulated({}), /does not say how long/],
    [
      "another migration",
      simulated(bricked, { fingerprint: "0".repeat(64) }),
      /'out' was not written\. The simulation is of another migration/,
    ],
  ])("with %s writes nothing", async (_, text, message) => {
    const found = await bundle(line, { "sim.json": text });
    expect({ code: found.code, written: found.written.size }).toEqual({ code: 1, written: 0 });
    expect(found.err).toMatch(message);
  });
});

describe("nothing is written", () => {
  it.each<[string, string, Files, number, RegExp]>([
    ["there is no repartitioner", secure, {}, 1, /There is no repartitioner\. Build the one/],
    ["the verdict is refused", `${whole} --secure-boot on`, {}, 1, /'out' was not written\. .*Secure Boot/],
    [
      "an image is for another chip",
      whole,
      { "micropython.bin": makeMicroPython({ chip: "esp32c3", size: 1_464_336 }) },
      1,
      /built for ESP32-C3, but the chip is said to be ESP32/,
    ],
    [
      "MicroPython is no MicroPython",
      whole,
      { "micropython.bin": makeApp({ size: 0x1000 }) },
      1,
      /swapped\?/,
    ],
    [
      "the repartitioner does not fit",
      whole,
      { "repartitioner.bin": makeApp({ size: 0x150000 }) },
      1,
      /repartitioner/,
    ],
    ["the manifest has errors", whole, { "crossflash.json": '{ "chip": 7 }' }, 1, /crossflash\.json has/],
    ["there is no manifest", `nothing/crossflash.json ${whole}`, {}, 2, /Cannot read 'nothing/],
    ["there is no such repartitioner", "--repartitioner none.bin", {}, 2, /Cannot read 'none\.bin'/],
  ])("where %s", async (_, line, more, code, message) => {
    const found = await bundle(line, more);
    expect({ code: found.code, written: [...found.written.keys()] }).toEqual({ code, written: [] });
    expect(found.err).toMatch(message);
  });

  it.each([
    ["--devices 0", "must be a number of devices"],
    ["--devices 1e9", "must be a number of devices"],
    ["--cut-rate -1", "needs a value"],
    ["--confidence 100", "must be a number from 50"],
    ["--tolerate 0", "must be a number from 0.01"],
  ])("with %s", async (line, message) => {
    const { code, err } = await bundle(`${whole} ${line}`);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
