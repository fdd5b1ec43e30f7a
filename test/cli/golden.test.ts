import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { GoldenCase } from "../support/golden";
import { deliberateDifferences } from "../vectors/differences";
import { run } from "./support/fakeIo";

const folder = new URL("../vectors/gen_esp32part/open/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, folder));
const casesIn = (set: string): GoldenCase[] =>
  readdirSync(new URL(set, folder))
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(read(`${set}/${file}`).toString()));

/** Our names of the tool's options. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  "--offset": ["--table-offset"],
  "-o": ["--table-offset"],
  "--disable-md5sum": ["--no-md5"],
  "--extra-partition-subtypes": ["--extra-subtype"],
  "-q": [],
  "--": [],
};

const build = ({ args, args_after, env }: GoldenCase, csv: Uint8Array) => {
  const options = [...args, ...args_after].flatMap((arg) => spellings[arg] ?? [arg]);
  return run(["build", "table.csv", "-o", "table.bin", ...options], {
    files: { "table.csv": csv },
    environment: env,
  });
};

describe("build writes what Espressif's tool writes", () => {
  for (const golden of casesIn("valid")) {
    it(golden.name, async () => {
      const { code, written } = await build(golden, read(`valid/${golden.name}.csv`));
      expect(code).toBe(0);
      expect(Buffer.from(written.get("table.bin") ?? [])).toEqual(read(`valid/${golden.name}.bin`));
    });
  }
});

describe("build refuses what Espressif's tool refuses, and writes nothing", () => {
  for (const golden of casesIn("invalid").filter(({ name }) => !(name in deliberateDifferences))) {
    it(golden.name, async () => {
      const { code, err, written } = await build(golden, read(`invalid/${golden.name}.csv`));
      expect([1, 2]).toContain(code);
      expect(err).not.toBe("");
      expect([...written.keys()]).toEqual([]);
    });
  }
});

describe("decode prints what Espressif's tool prints", () => {
  for (const { name, args, decoded_csv } of casesIn("valid").filter((golden) => golden.decoded_csv)) {
    it(name, async () => {
      const subtypes = args.includes("--extra-partition-subtypes") ? ["--extra-subtype", args[1] ?? ""] : [];
      const { code, written } = await run(["decode", "table.bin", ...subtypes], {
        files: { "table.bin": read(`valid/${name}.bin`) },
      });
      expect(code).not.toBe(2);
      expect(Buffer.from(written.get("-") ?? []).toString()).toBe(read(`valid/${decoded_csv}`).toString());
    });
  }
});
