import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  basename,
  dirname,
  isInside,
  isSamePath,
  join,
  relativeTo,
  resolveInside,
} from "../../../core/project/paths";

describe("the parts of a path", () => {
  const cases: readonly (readonly [path: string, folder: string, name: string])[] = [
    ["/a/b/c.csv", "/a/b", "c.csv"],
    ["/a", "/", "a"],
    ["/", "/", ""],
    ["c:/a/b", "c:/a", "b"],
    ["a/b", "a", "b"],
    ["a", ".", "a"],
    ["file:///a/b%20c.csv", "file:///a", "b c.csv"],
    ["file:///a", "file:///", "a"],
    ["vscode-remote://host/a/b", "vscode-remote://host/a", "b"],
  ];
  for (const [path, folder, name] of cases)
    it(`${path}: ${folder} and ${name}`, () => {
      expect(dirname(path)).toBe(folder);
      expect(basename(path)).toBe(name);
    });
});

describe("a path behind a folder", () => {
  const cases: readonly (readonly [folder: string, relative: string, path: string])[] = [
    ["/a/b", "c", "/a/b/c"],
    ["/a/b", "../c/./d", "/a/c/d"],
    ["/a", "../../../c", "/c"],
    ["a", "b", "a/b"],
    ["c:/a", "b", "c:/a/b"],
    ["file:///c%3A/a", "my app (1).bin", "file:///c%3A/a/my%20app%20%281%29.bin"],
    ["file:///a%20b", "../c", "file:///c"],
    ["file:///a", "100%", "file:///a/100%25"],
    ["file:///a", "x\ud800", "file:///a/x%EF%BF%BD"],
  ];
  for (const [folder, relative, path] of cases)
    it(`${folder} and ${relative}`, () => expect(join(folder, relative)).toBe(path));
});

describe("what stays in the root", () => {
  const cases: readonly (readonly [
    root: string,
    folder: string,
    relative: string,
    path: string | undefined,
  ])[] = [
    ["/w", "/w/p", "a.bin", "/w/p/a.bin"],
    ["/w", "/w/p", "../a.bin", "/w/a.bin"],
    ["/w", "/w/p", "../../w/a.bin", undefined],
    ["/w", "/w/p", "../../x", undefined],
    ["/w", "/w", "../w2/x", undefined],
    ["/w", "/w/p", "/w/p/a.bin", undefined],
    ["/w", "/w/p", "c:/a.bin", undefined],
    ["/w", "/w/p", "http://a/b", undefined],
    ["/w", "/w/p", "..\\..\\a.bin", undefined],
    ["/w", "/w/p", "a\0", undefined],
    ["/w", "/w/p", "", undefined],
    ["/w", "/x", "a", undefined],
    ["file:///w", "file:///w/p", "../a b", "file:///w/a%20b"],
    ["file:///w", "file:///w/p", "..%2f..%2fa", "file:///w/p/..%252f..%252fa"],
    ["file:///w", "file://host/w/p", "a", undefined],
    ["file:///C%3A/w", "file:///c:/w/p", "a", "file:///c:/w/p/a"],
  ];
  for (const [root, folder, relative, path] of cases)
    it(`${relative} in ${folder}`, () => expect(resolveInside(root, folder, relative)).toBe(path));
});

describe("the way from a folder to a file", () => {
  const cases: readonly (readonly [folder: string, path: string, relative: string])[] = [
    ["/a/b", "/a/b/c", "c"],
    ["/a/b", "/a/c/d", "../c/d"],
    ["/a/b", "/a", ".."],
    ["/", "/a", "a"],
    ["file:///a", "file:///a/my%20app.bin", "my app.bin"],
    ["file:///a", "other:///a/b", "other:///a/b"],
  ];
  for (const [folder, path, relative] of cases)
    it(`${folder} to ${path}`, () => expect(relativeTo(folder, path)).toBe(relative));
});

const name = fc.oneof(
  fc.constantFrom("..", ".", "a", "b c", "%2e%2e", "é", "(x)"),
  fc.string({ maxLength: 6 }),
);
const relative = fc.array(name, { minLength: 1, maxLength: 6 }).map((names) => names.join("/"));

describe("any path that a user writes", () => {
  for (const root of ["/w/x", "file:///w/x", "c:/w"])
    it(`stays in ${root} or is refused`, () => {
      fc.assert(
        fc.property(relative, (written) => {
          const path = resolveInside(root, join(root, "p"), written);
          if (path !== undefined) expect(isInside(root, path)).toBe(true);
        }),
      );
    });
  it("is found again by the way back", () => {
    fc.assert(
      fc.property(relative, (written) => {
        const path = resolveInside("file:///w", "file:///w/p", written);
        if (path === undefined || path === "file:///w/p") return;
        const back = resolveInside("file:///w", "file:///w/p", relativeTo("file:///w/p", path));
        expect(back !== undefined && isSamePath(back, path)).toBe(true);
      }),
    );
  });
});
