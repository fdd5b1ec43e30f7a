import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { landsInside } from "../../cli/host/landing";
import { writeFile } from "../../cli/host/writeFile";

const folder = mkdtempSync(join(tmpdir(), "crossflash-write-"));
const at = (name: string) => join(folder, name);
const isRoot = process.getuid?.() === 0;

function write(name: string, text = "new"): void {
  expect(writeFile(at(name), Buffer.from(text))).toEqual({ ok: true, value: undefined });
}

const textIn = (name: string): string => readFileSync(at(name), "utf8");

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a file that is replaced", () => {
  it("keeps a mode that no new file would get", () => {
    writeFileSync(at("a"), "old");
    // 0666 and a mask that takes something away from it, as every account has.
    chmodSync(at("a"), 0o666);
    write("a");
    expect(statSync(at("a")).mode & 0o7777).toBe(0o666);
  });

  it("keeps its owner and its group, where the system lets it", () => {
    writeFileSync(at("a"), "old");
    if (isRoot) chownSync(at("a"), 1000, 1001);
    const { uid, gid } = statSync(at("a"));
    write("a");
    expect(statSync(at("a"))).toMatchObject({ uid, gid });
  });

  it("is a new file under this name; its other hard links keep what they had", () => {
    writeFileSync(at("a"), "old");
    linkSync(at("a"), at("b"));
    write("a");
    expect([textIn("a"), textIn("b")]).toEqual(["new", "old"]);
  });
});

describe("a link", () => {
  it("stays one, whatever lies between it and its file", () => {
    mkdirSync(at("deep"));
    writeFileSync(at("deep/file"), "old");
    symlinkSync("deep", at("folder"));
    symlinkSync("folder/file", at("a"));
    write("a");
    expect(lstatSync(at("a")).isSymbolicLink()).toBe(true);
    expect(textIn("deep/file")).toBe("new");
  });

  it("to a file that is not there yet makes that file", () => {
    mkdirSync(at("deep/er"), { recursive: true });
    symlinkSync("deep/er", at("folder"));
    // Seen from the real folder: `..` of `folder` is `deep`.
    symlinkSync("folder/../next", at("a"));
    symlinkSync("../file", at("deep/next"));
    write("a");
    expect(lstatSync(at("a")).isSymbolicLink()).toBe(true);
    expect(textIn("file")).toBe("new");
  });

  it("that leads round in a circle, or into no folder, is said to", () => {
    symlinkSync("b", at("a"));
    symlinkSync("a", at("b"));
    symlinkSync("no/file", at("c"));
    const message = (name: string) => {
      const written = writeFile(at(name), Buffer.from("new"));
      return written.ok ? "" : written.message;
    };
    expect(message("a")).toContain("the symbolic links go round in a circle");
    expect(message("c")).toContain("there is no such file or folder");
    expect(readdirSync(folder).sort()).toEqual(["a", "b", "c"]);
  });
});

describe("whether a path lands in a folder", () => {
  it("is decided with all links followed, those of the folder too", () => {
    for (const name of ["root/real", "elsewhere"]) mkdirSync(at(name), { recursive: true });
    symlinkSync("root", at("alias"));
    symlinkSync("../elsewhere", at("root/out"));
    symlinkSync("../elsewhere/file", at("root/file"));
    symlinkSync("real", at("root/in"));
    symlinkSync("round", at("root/round"));
    const inside = ["file.h", "in/file.h", "new/folder/file.h", "real/../file.h"];
    const outside = ["out/file.h", "out/new/file.h", "file", "../rootless/file.h", "round/file.h"];
    for (const root of ["root", "alias"]) {
      const landing = (name: string) => landsInside(at(root), `${at("root")}/${name}`);
      expect(inside.filter((name) => !landing(name))).toEqual([]);
      expect(outside.filter(landing)).toEqual([]);
    }
  });
});

describe("a file of somebody else under the name of the temporary one", () => {
  it("is left alone", () => {
    const names = [`a.${process.pid}.tmp`, `a.${process.pid}-1.tmp`];
    for (const name of names) writeFileSync(at(name), "theirs");
    write("a");
    expect(readdirSync(folder).sort()).toEqual(["a", ...names].sort());
    expect([textIn("a"), ...names.map(textIn)]).toEqual(["new", "theirs", "theirs"]);
  });
});
