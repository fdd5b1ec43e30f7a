import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBundle, main, runProcess } from "./support/bundle";

const vectors = new URL("../vectors/gen_esp32part/open/", import.meta.url);
const csv = readFileSync(new URL("valid/v_plain_factory.csv", vectors));
const bin = readFileSync(new URL("valid/v_plain_factory.bin", vectors));

const folder = mkdtempSync(join(tmpdir(), "crossflash-cli-"));
const at = (name: string) => join(folder, name);
const run = (line: string, input?: string | Buffer) => runProcess(line.split(" "), folder, input);

beforeAll(() => {
  buildBundle();
  writeFileSync(at("good.csv"), csv);
  writeFileSync(at("bad.csv"), "app, app, ota_0, 0x11000, 1M\n");
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe("the bundle as a process", { timeout: 60_000 }, () => {
  it("gives the three exit codes", async () => {
    expect(await run("check good.csv")).toMatchObject({ code: 0, err: "" });
    expect(await run("check bad.csv")).toMatchObject({ code: 1, err: "" });
    expect(await run("check no.csv")).toMatchObject({ code: 2 });
    expect(await run("wibble")).toMatchObject({ code: 2 });
  });

  it("has the version of the package", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect((await run("--version")).out.toString()).toBe(`crossflash ${version}\n`);
  });

  it("loads what only some commands need", async () => {
    expect((await run("help")).out.toString()).toContain("extract-app");
    expect((await run("inspect good.csv")).out.toString()).toContain(
      "good.csv: no image of the ESP32 family",
    );
    expect((await run("check good.csv --micropython good.csv")).out.toString()).toContain(
      "micropython-image",
    );
  });

  it("works in a pipe: a table in, a binary out, a table again", async () => {
    const built = await run("build - -o -", csv);
    expect(built).toMatchObject({ code: 0, err: "" });
    expect(built.out).toEqual(bin);
    const decoded = await run("decode -", built.out);
    expect(decoded.out.toString()).toContain("nvs,data,nvs,0x9000,24K,\n");
  });

  it("has no colours where nobody can see them", async () => {
    expect((await run("check bad.csv")).out.toString()).not.toContain("\u001b");
  });

  it("ends quietly when its reader goes away", async () => {
    writeFileSync(at("many.csv"), "x, data, nvs, 0x1001, 1\n".repeat(2000));
    const child = spawn(process.execPath, [main, "check", "many.csv"], { cwd: folder });
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.stdout.destroy();
    const [code, signal] = await once(child, "close");
    expect({ code, signal, err }).toEqual({ code: 1, signal: null, err: "" });
  });
});

describe("files that are too large or no files", { timeout: 60_000 }, () => {
  it("are refused without reading them", async () => {
    writeFileSync(at("huge.bin"), "");
    truncateSync(at("huge.bin"), 2 ** 33);
    for (const line of [
      "check huge.bin",
      "decode huge.bin",
      "inspect huge.bin",
      "inspect /dev/zero",
      "check /dev/zero",
    ]) {
      const { code, err } = await run(line);
      expect({ line, code }).toEqual({ line, code: 2 });
      expect(err).toMatch(/is larger than (4|128) MB, which cannot be right\. It was not read\.\n$/);
    }
    rmSync(at("huge.bin"));
  });

  it("a folder, nothing, and too much on standard input", async () => {
    expect((await run("check .")).err).toBe("crossflash: Cannot read '.': it is a folder.\n");
    expect((await run("inspect no.bin")).err).toContain("there is no such file or folder");
    const { code, err } = await run("check -", Buffer.alloc(5 * 2 ** 20, "#"));
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining("standard input is larger than 4 MB"),
    });
  });
});

describe("writing", { timeout: 60_000 }, () => {
  it("replaces a file as a whole, through a link, and keeps its mode", async () => {
    writeFileSync(at("real.bin"), "old");
    chmodSync(at("real.bin"), 0o640);
    symlinkSync("real.bin", at("link.bin"));
    expect(await run("build good.csv -o link.bin")).toMatchObject({ code: 0 });
    expect(readFileSync(at("real.bin"))).toEqual(bin);
    expect(lstatSync(at("link.bin")).isSymbolicLink()).toBe(true);
    expect(statSync(at("real.bin")).mode & 0o777).toBe(0o640);
  });

  it("leaves the old file when the table is refused", async () => {
    writeFileSync(at("kept.bin"), "old");
    expect(await run("build bad.csv -o kept.bin")).toMatchObject({ code: 1 });
    expect(readFileSync(at("kept.bin"), "utf8")).toBe("old");
  });

  it("says why it cannot write, and leaves nothing behind", async () => {
    mkdirSync(at("folder"));
    const cases = [
      ["no/such/out.bin", "there is no such file or folder"],
      ["folder", "it is a folder"],
      ["good.csv/out.bin", "a part of the path is a file, not a folder"],
      ["/dev/full", "no space is left on the device"],
    ] as const;
    for (const [out, why] of cases) {
      const { code, err } = await run(`build good.csv -o ${out}`);
      expect({ code, err }).toEqual({
        code: 2,
        err: `crossflash: Cannot write '${out}': ${why}. Nothing was changed.\n`,
      });
    }
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(readdirSync(at("folder"))).toEqual([]);
  });

  it("follows no link out of the project for a path of crossflash.json, only for one of the command line", async () => {
    for (const name of ["project/.git", "elsewhere"]) mkdirSync(at(name), { recursive: true });
    symlinkSync("../elsewhere", at("project/out"));
    writeFileSync(at("project/partitions.csv"), csv);
    const manifest = { target: { table: "partitions.csv", header: "out/escaped.h" } };
    writeFileSync(at("project/crossflash.json"), JSON.stringify(manifest));
    for (const line of ["export project/partitions.csv", "export project/partitions.csv --check"]) {
      const { code, err } = await run(line);
      expect({ line, code }).toEqual({ line, code: 2 });
      expect(err).toContain("'project/out/escaped.h', but its symbolic links do not lead to a place inside");
    }
    expect(readdirSync(at("elsewhere"))).toEqual([]);
    expect(await run("export project/partitions.csv --header project/out/escaped.h")).toMatchObject({
      code: 0,
    });
    expect(readdirSync(at("elsewhere"))).toEqual(["escaped.h"]);
  });

  it("writes to what is no ordinary file, and never over its input, whatever the name", async () => {
    expect(await run("build good.csv -o /dev/null")).toMatchObject({ code: 0 });
    symlinkSync("good.csv", at("alias.csv"));
    expect(await run("build good.csv -o ./alias.csv")).toMatchObject({ code: 2 });
    expect(readFileSync(at("good.csv"))).toEqual(csv);
  });
});
