import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { createHeader, patchHeader } from "../../../core/export/header";
import { balancedCsv, headerFixture, tableOf } from "../../support/headers";

const balanced = tableOf(balancedCsv);
const provenance = { csvName: "partitions.csv", csvText: balancedCsv, toolVersion: "0.1.0" };

/** Names that end a comment, splice lines, open a comment, or turn the direction of reading. */
const hostile = ["*/", "a\\", "??/", "/*", "\u202e"];

function patchedHeader(): string {
  const patch = patchHeader(headerFixture("one-line-decimal.h"), balanced);
  if (!patch.ok) throw new Error(patch.message);
  return patch.value.text;
}

const twice = '#include "repartition.h"\n#include "repartition.h"\n';
const once = '#include "repartition.h"\n';
const headers: Record<string, { readonly text: string; readonly include: string }> = {
  "a new header": { text: createHeader(balanced, provenance), include: twice },
  "a new header with hostile names": {
    text: createHeader(
      { ...balanced, entries: balanced.entries.map((entry, i) => ({ ...entry, name: hostile[i] ?? "" })) },
      { ...provenance, csvName: "a*/b\\" },
    ),
    include: twice,
  },
  "a patched header": { text: patchedHeader(), include: once },
};

/** Every standard that a project of the last ten years compiles with. */
const compilers: Record<string, { readonly suffix: string; readonly standards: readonly string[] }> = {
  gcc: { suffix: "c", standards: ["gnu89", "gnu99", "gnu11", "gnu17"] },
  "g++": { suffix: "cpp", standards: ["gnu++98", "gnu++11", "gnu++17", "gnu++20"] },
};

const exists = (command: string): boolean => {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

function compile(command: string, text: string, include: string): void {
  const { suffix = "c", standards = [] } = compilers[command] ?? {};
  const folder = mkdtempSync(join(tmpdir(), "crossflash-"));
  const source = join(folder, `main.${suffix}`);
  try {
    writeFileSync(join(folder, "repartition.h"), text);
    writeFileSync(source, `${include}int main(void) { return final_table[0] == 0; }\n`);
    for (const standard of standards)
      for (const sign of ["-fsigned-char", "-funsigned-char"])
        execFileSync(command, [
          `-std=${standard}`,
          sign,
          "-Wall",
          "-Wextra",
          "-Werror",
          "-fsyntax-only",
          source,
        ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const command of Object.keys(compilers))
  describe.skipIf(!exists(command))(
    `${command} takes without a warning, whether char is signed or not`,
    () => {
      for (const [title, { text, include }] of Object.entries(headers))
        it(title, () => compile(command, text, include));
    },
  );
