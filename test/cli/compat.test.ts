import { describe, expect, it } from "vitest";
import { makeApp, makeBootloader, makeCombined, makeMicroPython, sealAgain } from "../support/imageFixture";
import { run, type World } from "./support/fakeIo";

const table = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000
app1, app, ota_1, 0x150000, 0x180000
vfs, data, fat, 0x2d0000, 0x130000
`;
/** The same image with 80 MHz in its header instead of 40. */
function fast(bytes: Uint8Array): Uint8Array {
  bytes[3] = ((bytes[3] ?? 0) & 0xf0) | 0xf;
  return sealAgain(bytes);
}

const files = {
  "mp55.bin": makeMicroPython({ idfVersion: "v5.5.1" }),
  "boot55.bin": makeBootloader({ idfVersion: "v5.5" }),
  "fast55.bin": fast(makeBootloader({ idfVersion: "v5.5" })),
  "mp.bin": makeMicroPython({ idfVersion: "v5.2.2" }),
  "old.bin": makeMicroPython({ idfVersion: "v5.0.4" }),
  "boot.bin": makeBootloader({ idfVersion: "v5.2.2" }),
  "dump.bin": makeCombined({
    bootloader: makeBootloader({ idfVersion: "v5.2.2" }),
    flashOffset: 0,
    size: 0x400000,
  }),
  "combined.bin": makeCombined(),
  "table.csv": table,
};
const secure = "--rollback off --secure-boot off --flash-encryption off --chip-revision 3.1";
const all = `--table table.csv ${secure}`;

const compat = (line: string, world: World = { files }) => run(["compat", ...line.split(" ")], world);

async function checkVerdict(line: string, code: number, verdict: string, world?: World): Promise<void> {
  const outcome = await compat(`${line} --format json`, world);
  expect({ code: outcome.code, verdict: JSON.parse(outcome.out).verdict }).toEqual({ code, verdict });
}

describe("the exit code says whether the devices start the app", () => {
  const cases: readonly (readonly [line: string, code: number, verdict: string])[] = [
    [`boot.bin --micropython mp.bin ${all}`, 0, "supported"],
    [`dump.bin --micropython mp.bin ${all}`, 0, "supported"],
    [`boot55.bin --micropython mp55.bin ${all}`, 0, "supported"],
    [`fast55.bin --micropython mp55.bin ${all}`, 1, "risky"],
    [`boot.bin --micropython old.bin ${all}`, 1, "refused"],
    [`boot.bin --micropython mp.bin ${all} --rollback on`, 1, "risky"],
    [`boot.bin --micropython mp.bin ${all} --secure-boot on`, 1, "refused"],
    [`boot.bin --micropython mp.bin ${all} --flash-size 2MB`, 1, "refused"],
    [`boot.bin --micropython mp.bin ${all} --chip esp32s3`, 1, "refused"],
    ["boot.bin --micropython mp.bin", 1, "unknown"],
    [`boot.bin --bootloader v4.4 --micropython mp.bin ${all}`, 1, "unknown"],
    [`--bootloader v4.4 --micropython mp.bin --chip esp32 --flash-size 4MB ${all}`, 1, "refused"],
    [
      `--bootloader v4.4 --micropython mp.bin --chip esp32 --flash-size 4MB ${all} --rule documented`,
      1,
      "risky",
    ],
    [`--arduino 2.0.14 --micropython mp.bin ${all}`, 1, "refused"],
    ["--bootloader v3.3.5 --micropython 1.14", 1, "refused"],
    ["--bootloader v3.3.2 --micropython 1.14", 1, "unknown"],
    ["boot.bin", 1, "unknown"],
  ];
  for (const [line, code, verdict] of cases) it(line, () => checkVerdict(line, code, verdict));
});

describe("what cannot be asked is said", () => {
  const cases: readonly (readonly [line: string, code: number, message: string])[] = [
    ["--rule strict", 2, "Say which bootloader the devices have: BOOTLOADER.bin, --bootloader or --arduino."],
    ["none.bin --micropython 1.20", 2, "Cannot read 'none.bin'"],
    ["boot.bin --micropython none.bin", 2, "Cannot read 'none.bin'"],
    ["boot.bin --table none.csv", 2, "Cannot read 'none.csv'"],
    ["mp.bin", 1, "'mp.bin' is an app. The bootloader of a device is needed"],
    ["combined.bin", 1, "'combined.bin' was made for flashing by a cable"],
    ["table.csv", 1, "'table.csv' cannot be used."],
    [
      "boot.bin --micropython boot.bin",
      1,
      "'boot.bin' cannot be used. The file is a bootloader, not an app.",
    ],
    ["--bootloader latest", 2, "'--bootloader VERSION' must be a version such as v3.3.5, not 'latest'"],
    ["--arduino x", 2, "'--arduino VERSION' must be a version such as 1.0.6, not 'x'"],
    ["boot.bin --chip-revision 3", 2, "must be a revision such as 3.1, not '3'"],
    ["boot.bin boot.bin", 2, "One BOOTLOADER.bin at a time"],
  ];
  for (const [line, code, message] of cases)
    it(line, async () => {
      const outcome = await compat(line);
      expect({ code: outcome.code, out: outcome.out }).toEqual({ code, out: "" });
      expect(outcome.err).toContain(message);
    });
});

describe("the manifest fills in what the command line leaves out", () => {
  const manifest = {
    chip: "esp32",
    flashSize: "4MB",
    bootloader: { idf: "v5.2.2" },
    target: { table: "table.csv", micropython: "mp.bin" },
  };
  const world = (changes: object = {}, more: World["files"] = {}): World => ({
    files: { ...files, ".git": "", "crossflash.json": JSON.stringify({ ...manifest, ...changes }), ...more },
  });

  it("all of it, or part of it", async () => {
    await checkVerdict(secure, 0, "supported", world());
    await checkVerdict(`--micropython old.bin ${secure}`, 1, "refused", world());
    await checkVerdict(`--bootloader v4.4 ${secure}`, 1, "refused", world());
    await checkVerdict(`boot.bin ${secure}`, 0, "supported", world({ bootloader: { arduino: "1.0.6" } }));
    await checkVerdict(secure, 0, "supported", world({ bootloader: { image: "boot.bin" } }));
    await checkVerdict(secure, 0, "supported", world({ bootloader: {}, source: { app: "dump.bin" } }));
  });

  it("never takes the chip of the app for that of the devices", async () => {
    const { out } = await compat(`${secure} --format json`, world({ chip: undefined }));
    expect(JSON.parse(out)).toMatchObject({ verdict: "unknown", chip: null });
  });

  it("counts what is wrong with it, unless the command line takes its place", async () => {
    const denied = world({ flashSize: "8MB", bootloader: { image: "boot.bin" } });
    const outcome = await compat(secure, denied);
    expect({ code: outcome.code, isShown: outcome.err.includes("[manifest-flash-size]") }).toEqual({
      code: 1,
      isShown: true,
    });
    await checkVerdict(`dump.bin ${secure}`, 0, "supported", denied);
    const missing = world({ target: { table: "table.csv", micropython: "none.bin" } });
    expect((await compat(secure, missing)).err).toContain("[manifest-file]");
    await checkVerdict(`--micropython mp.bin ${secure}`, 0, "supported", missing);
  });
});

describe("the report", () => {
  it("names the evidence with its kind, and what would fit", async () => {
    const { out } = await compat("--arduino 1.0.6 --micropython 1.14");
    for (const part of [
      "Refused: do not give this app to these devices.\n",
      "  Bootloader   ESP-IDF v3.3.5, Arduino core 1.0.6\n",
      "\nRefused: Versions of ESP-IDF\n",
      "  - Reported by users: The Arduino core 1.0.6 has ESP-IDF v3.3.5. (",
      "  - Seen in emulation: ",
      "\nUnknown: Secure Boot\n",
      "Port MicroPython 1.14 from ESP-IDF v3.3.2 to v3.3.5.\n",
    ])
      expect(out).toContain(part);
  });

  it("says for which build a verdict holds", async () => {
    const { out } = await compat("--bootloader v4.1.1 --micropython 1.15");
    expect(out).toContain("It holds only for a MicroPython that is built with ESP-IDF v4.1.1");
  });

  it("tells without a MicroPython which one would fit", async () => {
    const { out } = await compat("--bootloader v4.0.2");
    expect(out).toContain("Unknown: no MicroPython was named.");
    expect(out).toContain("These releases of MicroPython fit a bootloader of ESP-IDF v4.0.2: ");
  });

  it("has all of it for programs, failures too", async () => {
    const { out } = await compat("--arduino 1.0.6 --micropython 1.14 --format json");
    expect(JSON.parse(out)).toMatchObject({
      rule: "strict",
      bootloader: { idf: "v3.3.5", arduino: "1.0.6" },
      app: { release: "1.14", idf: null },
      advice: { port: { release: "1.14", from: "v3.3.2", to: "v3.3.5" } },
    });
    expect(JSON.parse((await compat("none.bin --format json")).out)).toMatchObject({
      error: { message: expect.stringContaining("none.bin") },
    });
  });

  it("never carries control characters to the terminal", async () => {
    const app = makeApp({ idfVersion: "v5\u001b[2J" });
    const { out } = await compat("boot.bin --micropython x.bin", { files: { ...files, "x.bin": app } });
    expect(out).toMatch(/^[\n\x20-\x7e]*$/);
  });
});
