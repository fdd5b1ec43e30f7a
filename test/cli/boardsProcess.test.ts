import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateFolder } from "../../cli/host/stateFolder";
import { needsPython } from "../device/support/python";
import { makeBootloader, makeCombined, makeMicroPython } from "../support/imageFixture";
import { buildBundle, buildDevice, main, runProcess } from "./support/bundle";

const folder = mkdtempSync(join(tmpdir(), "crossflash-boards-"));
const state = join(folder, "state");
const environment = { CROSSFLASH_STATE: state };
const run = (line: string) => runProcess(line.split(" "), folder, "", environment);
const at = (name: string) => join(folder, name);

const CSV = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000
app1, app, ota_1, 0x150000, 0x180000
vfs, data, fat, 0x2d0000, 1M
`;

beforeAll(() => {
  buildBundle();
  buildDevice();
  writeFileSync(at("partitions.csv"), CSV);
  writeFileSync(at("micropython.bin"), makeMicroPython({ size: 0x20000 }));
  writeFileSync(at("combined.bin"), makeCombined({ bootloader: makeBootloader() }));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe("a virtual board, from process to process", { timeout: 60_000 }, () => {
  const flash = "flash partitions.csv --micropython micropython.bin --port virtual:desk";

  it("is flashed, verified, tampered with and found out", async () => {
    const flashed = await run(`${flash} --yes`);
    expect(flashed).toMatchObject({ code: 0 });
    expect(flashed.out.toString()).toContain("Verified by the board's own MD5.");
    const verify = flash.replace("flash", "verify");
    expect(await run(verify)).toMatchObject({ code: 0 });
    expect(await run("erase --range 0x150000:0x151000 --yes --port virtual:desk")).toMatchObject({ code: 0 });
    const different = await run(verify);
    expect(different.code).toBe(1);
    expect(different.out.toString()).toContain("The board differs in 'app1'.");
  });

  it("is backed up, erased, restored and compared", async () => {
    expect(await run("flash --combined combined.bin --yes --port virtual")).toMatchObject({ code: 0 });
    expect(await run("backup -o kept/backup --port virtual")).toMatchObject({ code: 0 });
    expect(readdirSync(at("kept/backup")).sort()).toEqual(["backup.json", "flash.bin"]);
    expect(statSync(at("kept/backup/flash.bin")).size).toBe(0x400000);
    expect(await run("erase --all --yes --port virtual")).toMatchObject({ code: 0 });
    expect(await run("verify --backup kept/backup --port virtual")).toMatchObject({ code: 1 });
    expect(await run("restore kept/backup --yes --port virtual")).toMatchObject({ code: 0 });
    expect(await run("verify --backup kept/backup --port virtual")).toMatchObject({ code: 0 });
    const bytes = readFileSync(at("kept/backup/flash.bin"));
    bytes[0x1234] = (bytes[0x1234] ?? 0) ^ 1;
    writeFileSync(at("kept/backup/flash.bin"), bytes);
    const damaged = await run("restore kept/backup --yes --port virtual");
    expect(damaged).toMatchObject({ code: 1, err: expect.stringContaining("The SHA-256 of 'flash.bin' is") });
    const again = await run("backup -o kept/backup --port virtual");
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining("holds a finished backup") });
  });

  it("is read as JSON, and listed", async () => {
    const { out } = await run("read --port virtual:esp32c3-desk --format json");
    expect(JSON.parse(out.toString())).toMatchObject({ board: { chip: "esp32c3" } });
    expect((await run("boards")).out.toString()).toMatch(/^virtual +Virtual Board\n/m);
  });

  it("writes nothing where nobody agrees, and only bytes where bytes are asked for", async () => {
    expect(await run(flash)).toMatchObject({ code: 2, err: expect.stringContaining("Add --yes to agree.") });
    const { out } = await run("read --range 0x8000:0x8020 -o - --port virtual");
    expect(out.subarray(0, 2)).toEqual(Buffer.from([0xaa, 0x50]));
    expect(out.length).toBe(0x20);
  });

  it("is on a pseudo-terminal until Ctrl-C", async (context) => {
    needsPython(context);
    const child = spawn(process.execPath, [main, "virtual-board", "desk", "--pty"], {
      env: { ...process.env, ...environment },
    });
    const [line] = await once(child.stdout, "data");
    expect(String(line)).toMatch(/^\/dev\/.*\n$/);
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([0, null]);
    expect(await run("virtual-board")).toMatchObject({ code: 2, err: expect.stringContaining("--pty") });
  });

  it("is not what is meant by a path that is none", async () => {
    mkdirSync(at("empty"));
    const { code, err } = await runProcess(["read", "--port", "virtual:No"], at("empty"), "", environment);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining("There is no virtual board 'No'"),
    });
  });
});

describe("where virtual boards are kept", () => {
  it.each<[system: NodeJS.Platform, environment: Record<string, string>, expected: string]>([
    ["linux", {}, join("/home/me", ".local", "state", "crossflash")],
    ["linux", { XDG_STATE_HOME: "/state" }, join("/state", "crossflash")],
    [
      "darwin",
      { XDG_STATE_HOME: "/state" },
      join("/home/me", "Library", "Application Support", "crossflash"),
    ],
    ["win32", { LOCALAPPDATA: "/local" }, join("/local", "crossflash")],
    ["win32", {}, join("/home/me", "AppData", "Local", "crossflash")],
    ["linux", { CROSSFLASH_STATE: "/mine", XDG_STATE_HOME: "/state" }, "/mine"],
  ])("on %s with %o", (system, variables, expected) => {
    expect(stateFolder(variables, system, "/home/me")).toBe(expected);
  });
});
