import { describe, expect, it } from "vitest";
import { patchHeader } from "../../../core/export/header";
import { RECORD } from "../../../core/scaffold/record";
import type { Scaffold } from "../../../core/scaffold/scaffold";
import { type FoundFiles, filesToWrite, pathsToRead, updateOf } from "../../../core/scaffold/update";
import { expectedImage } from "../../../core/sim/repartitioner/configOf";
import { balancedCsv, tableOf } from "../../support/headers";
import { balancedTarget } from "../migrate/plan/plans";
import { fileOf, projectOf } from "./projects";

const made = projectOf();
/** The same project after MicroPython has changed, and after the table has. */
const otherBinary = projectOf({ changes: { micropython: expectedImage(new Uint8Array(0x2000).fill(7)) } });
const otherTable = projectOf({ target: balancedTarget });

/** What lies there after a project was written over what was found, with changes by hand. */
function folderOf(project: Scaffold, found: FoundFiles = new Map(), force = false): Map<string, string> {
  const written = filesToWrite(updateOf(project, found), found, force ? ["changed", "own"] : []);
  return new Map([...found, ...written.map(({ path, text }) => [path, text] as const)]);
}

const changed = (found: FoundFiles, path: string, change: (text: string) => string): FoundFiles =>
  new Map([...found].map(([name, text]) => [name, name === path ? change(text) : text]));

/** The states that are not `same`, and what would be written. */
const statesOf = (project: Scaffold, found: FoundFiles): readonly string[] =>
  updateOf(project, found).files.flatMap(({ path, state }) => (state === "same" ? [] : [`${path} ${state}`]));
const writtenBy = (project: Scaffold, found: FoundFiles, force = false): readonly string[] =>
  filesToWrite(updateOf(project, found), found, force ? ["changed", "own"] : []).map(({ path }) => path);

const HEADER = "main/repartition.h";
const edited = (text: string) => `${text}/* mine */\n`;

describe("making a project again", () => {
  it("writes everything where nothing is, and then nothing", () => {
    const found = folderOf(made);
    expect(new Set(found.keys())).toEqual(new Set([RECORD, ...made.files.map(({ path }) => path)]));
    expect(statesOf(made, found)).toEqual(["main/rp_secrets.h yours"]);
    expect(writtenBy(made, found)).toEqual([]);
  });

  it("writes what follows from the change, and nothing else", () => {
    const found = folderOf(made);
    expect(writtenBy(otherBinary, found)).toEqual([HEADER, "README.md", RECORD]);
    expect(fileOf(otherBinary, HEADER)).toBe(folderOf(otherBinary, found).get(HEADER));
  });

  it.each([HEADER, "main/rp_config.c", "sdkconfig.defaults", "README.md", "partitions.csv"])(
    "leaves %s alone where somebody has changed it, unless it is forced",
    (path) => {
      const found = changed(folderOf(made), path, edited);
      expect(statesOf(made, found)).toContain(`${path} ${path === HEADER ? "changed" : "own"}`);
      for (const project of [made, otherBinary, otherTable]) {
        expect(folderOf(project, found).get(path)).toBe(edited(fileOf(made, path)));
        expect(folderOf(project, found, true).get(path)).toBe(fileOf(project, path));
      }
    },
  );

  it("tells of what somebody has changed only where something else would be made now", () => {
    const found = changed(changed(folderOf(made), "README.md", edited), ".gitignore", edited);
    expect(statesOf(otherBinary, found)).toEqual([
      `${HEADER} outdated`,
      ".gitignore own",
      "README.md changed",
      "main/rp_secrets.h yours",
    ]);
  });

  it("knows a change that was left alone for one the next time too, and not any more once it is undone", () => {
    const first = folderOf(otherBinary, changed(folderOf(made), HEADER, edited));
    expect(statesOf(otherBinary, first)).toContain(`${HEADER} changed`);
    const undone = changed(first, HEADER, () => fileOf(made, HEADER));
    expect(statesOf(otherBinary, undone)).toContain(`${HEADER} outdated`);
  });

  it("does not take an export of the table for a change by somebody", () => {
    const exported = (text: string): string => {
      const patch = patchHeader(text, tableOf(balancedCsv), {
        csvName: "partitions.csv",
        csvText: "other",
        toolVersion: "9.9.9",
      });
      if (!patch.ok) throw new Error(patch.message);
      return patch.value.text;
    };
    const found = changed(folderOf(made), HEADER, exported);
    expect(found.get(HEADER)).not.toBe(fileOf(made, HEADER));
    expect(statesOf(otherTable, found)).toContain(`${HEADER} outdated`);
    expect(statesOf(otherTable, changed(found, HEADER, edited))).toContain(`${HEADER} changed`);
  });

  it("does not take other ends of lines for a change", () => {
    const found = new Map([...folderOf(made)].map(([path, text]) => [path, text.replaceAll("\n", "\r\n")]));
    expect(writtenBy(made, found)).toEqual([]);
    expect(writtenBy(otherBinary, found)).toEqual([HEADER, "README.md", RECORD]);
  });

  it.each(["", "nonsense", "null", '{"files":[1]}', '{"files":{"README.md":1}}'])(
    "replaces nothing where the record is %j",
    (record) => {
      const found = changed(new Map([...folderOf(made), [RECORD, record]]), RECORD, () => record);
      expect(writtenBy(otherBinary, found)).toEqual([RECORD]);
    },
  );

  it("never touches the secrets", () => {
    const found = changed(folderOf(made), "main/rp_secrets.h", () => '#define RP_WIFI_PASSWORD "hunter2"');
    for (const force of [false, true])
      expect(folderOf(otherBinary, found, force).get("main/rp_secrets.h")).toContain("hunter2");
    expect(folderOf(made).get(RECORD)).not.toContain('rp_secrets.h"');
  });

  it("names files that are no part of it any more", () => {
    const older: Scaffold = {
      ...made,
      files: [...made.files, { path: "main/old.c", text: "", kind: "generated" }],
    };
    const found = folderOf(older);
    expect(pathsToRead(made, found.get(RECORD))).toContain("main/old.c");
    expect(updateOf(made, found).leftOver).toEqual(["main/old.c"]);
  });

  it("reads nothing outside of its folder, whatever the record says", () => {
    const record = JSON.stringify({
      files: { "../x": "", "/etc/passwd": "", "a/../../b": "", "C:/x": "", "a\\b": "" },
    });
    expect(pathsToRead(made, record)).toEqual([RECORD, ...made.files.map(({ path }) => path)]);
  });
});
