import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { balancedTarget } from "../migrate/plan/plans";
import { proposalsOf } from "../migrate/solve/proposals";
import { stockTables } from "../migrate/stockTables";
import { projectOf, type Wanted } from "./projects";

const hasGcc = (() => {
  try {
    execFileSync("gcc", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

const stubs = `${process.cwd()}/firmware/host_test/stubs`;

/** Compiles a file of a project as its ESP-IDF would, against its stubs; the text of what gcc complains about. */
function compile(wanted: Wanted, path: string, options: readonly string[], patch = (text: string) => text) {
  const folder = mkdtempSync(join(tmpdir(), "crossflash-"));
  try {
    for (const { path, text } of projectOf(wanted).files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), path === "main/repartition.h" ? patch(text) : text);
    }
    execFileSync(
      "gcc",
      ["-std=gnu99", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", ...options, join(folder, path)],
      {
        stdio: "pipe",
      },
    );
    return "";
  } catch (error) {
    return error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As the build of ESP-IDF: its stubs of v3.3 know where the table is. */
const asIdf = ["-DESP_PLATFORM", `-I${stubs}/all`, `-I${stubs}/v3.3`];

const migrations: Readonly<Record<string, Wanted>> = {
  "the published layout": {},
  "two equal slots": { target: balancedTarget },
  "a factory app that changes the table": {
    source: stockTables["ESP-IDF two_ota"].table,
    target: proposalsOf("ESP-IDF two_ota").flatMap((one) => (one.isPossible ? [one.csv] : []))[0] ?? "",
  },
};

describe.skipIf(!hasGcc)("with gcc, what is generated compiles", () => {
  it.each(Object.entries(migrations))("for %s", (_, wanted) => {
    expect(compile(wanted, "main/rp_config.c", asIdf)).toBe("");
  });

  it("alone, as C and not for a device", () => {
    expect(
      compile({}, "main/repartition.h", ["-x", "c", "-Wno-unused-const-variable", "-Wno-unused-variable"]),
    ).toBe("");
  });

  it.each([
    [
      "the filesystem of another export",
      /#define PARTITION_VFS_OFFSET \S+/,
      "#define PARTITION_VFS_OFFSET 0x300000",
      /scaffold/,
    ],
    [
      "another place of the table",
      /#define REPARTITION_TABLE_OFFSET \S+/,
      "#define REPARTITION_TABLE_OFFSET 0x9000",
      /CONFIG_PARTITION_TABLE_OFFSET/,
    ],
    ["half a table", /source_table\[0xc00\]/, "source_table[0xc01]", /source_table/],
  ] as const)("but not with %s", (_, from, to, said) => {
    expect(compile({}, "main/rp_config.c", asIdf, (text) => text.replace(from, to))).toMatch(said);
  });
});
