import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commands } from "../../cli/commands/index";

const sources = readdirSync("cli", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => join("cli", file).replaceAll("\\", "/"));

it("only cli/host touches files and the process", () => {
  const effects = /from "node:(?!util")|\brequire\(|\bprocess\.|\bconsole\.|\bBuffer\b/;
  const found = sources.filter((file) => effects.test(readFileSync(file, "utf8")));
  expect(found.filter((file) => !file.startsWith("cli/host/"))).toEqual([]);
});

it("only cli/tell.ts prints what people read; the others print JSON, reports of the core, and the help, which is our own", () => {
  const printing = sources.filter((file) => /\bio(\.|\[)(out|err|stream)\b/.test(readFileSync(file, "utf8")));
  expect(printing.sort()).toEqual([
    "cli/board/reporter.ts",
    "cli/commands/check.ts",
    "cli/commands/inspect.ts",
    "cli/commands/serve.ts",
    "cli/commands/simulate.ts",
    "cli/crossflash.ts",
    "cli/tell.ts",
  ]);
  expect(sources.filter((file) => /\bio\.err\b/.test(readFileSync(file, "utf8")))).toEqual(["cli/tell.ts"]);
});

it("every file of cli/commands is a command of the list, by its name", () => {
  const files = sources.filter((file) => file.startsWith("cli/commands/") && !file.endsWith("/index.ts"));
  const named = commands.map(({ name }) => `cli/commands/${name}.ts`);
  expect(files.sort()).toEqual(named.sort());
});
