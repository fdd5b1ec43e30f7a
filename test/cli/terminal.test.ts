import { describe, expect, it } from "vitest";
import { virtualBoard } from "../../device/virtualBoard/board";
import { ascii, concat } from "../support/bytes";
import { makeCombined, makeTable } from "../support/imageFixture";
import { deskWith } from "./support/desk";
import { run, type World } from "./support/fakeIo";

/** Turns text red, ends the line, begins a sequence in one byte, and turns the direction round. */
const evil = "e\u001b[31m\n\u009b2J\u202e";
const table = makeTable([{ label: "\u001b[31m\nx", type: 1, subtype: 2, offset: 0x9000, size: 0x5000 }]);
/** A flag that no tool knows, in a table without an MD5 row. */
const flagged = concat([table.subarray(0, 28), Uint8Array.of(4, 0, 0, 0), new Uint8Array(32).fill(0xff)]);
const csv = "nvs, data, nvs, 0x9000, 0x5000\nfactory, app, factory, 0x10000, 1M\n";
const bad = `x${evil.replace("\n", "")}, app, ota_0, 0x11000, 1M\n`;
const flash = makeCombined({ flashOffset: 0 });
flash.set(table, 0x8000);
const manifest = JSON.stringify({ target: { table: "partitions.csv", header: `${evil}.h` } });
const project = { "partitions.csv": csv, "crossflash.json": manifest };

const commandLines: Readonly<Record<string, readonly [argv: readonly string[], files: World["files"]]>> = {
  "a file that is not there": [["check", `${evil}.csv`], {}],
  "the names in the report of problems": [["check", `${evil}.csv`], { [`${evil}.csv`]: bad }],
  "the name of a file without problems": [["check", `${evil}.csv`], { [`${evil}.csv`]: csv }],
  "a table that is not built": [["build", `${evil}.csv`, "-o", "x"], { [`${evil}.csv`]: bad }],
  "an input that is the output": [["build", evil, "-o", evil], { [evil]: csv }],
  "an image that is none": [["inspect", evil], { [evil]: ascii("hello") }],
  "an app that is none": [["extract-app", evil, "-o", "x"], { [evil]: ascii("hello") }],
  "a label in a table": [["decode", "x"], { x: flagged }],
  "a header that is made": [["export", "partitions.csv"], project],
  "a header that is not there": [["export", "partitions.csv", "--check"], project],
  "a header that is refused": [["export", "partitions.csv"], { ...project, [`${evil}.h`]: "int x;" }],
  "a port that is none": [["read", "--port", evil], {}],
  "a partition of a board": [["read", "--port", "desk"], {}],
  "a partition that a board has not": [["erase", "--port", "desk", "--partition", evil], {}],
  "what is lost on a board": [["erase", "--port", "desk", "--all", "--dry-run"], {}],
  "a folder without a backup": [["restore", evil], {}],
  "a command that is none": [[evil], {}],
  "an option that is none": [["check", `--${evil}`], {}],
};

// biome-ignore lint/complexity/useRegexLiterals: a control character in a literal is harder to read.
const withoutColours = (text: string): string => text.replace(new RegExp("\u001b\\[\\d+m", "g"), "");

describe("nothing of a foreign file or name gets to a terminal as it is", () => {
  for (const [what, [argv, files = {}]] of Object.entries(commandLines))
    it(what, async () => {
      const world = () => ({ files, ports: deskWith({ desk: virtualBoard({ flash }) }) });
      const { out, err } = await run(argv, world());
      expect(out + err).toContain("\ufffd");
      expect(out + err).toMatch(/^[\n\x20-\x7e\u2026\ufffd]*$/);
      expect(out + err).not.toMatch(/^\ufffd/m);
      const coloured = await run(argv, { ...world(), colours: true });
      expect(withoutColours(coloured.out + coloured.err)).toBe(out + err);
    });

  it("in JSON either, which says the same", async () => {
    for (const format of ["json", "sarif"]) {
      const { out } = await run(["check", `${evil}.csv`, "--format", format], {
        files: { [`${evil}.csv`]: bad },
      });
      expect(out).toMatch(/^[\n\x20-\x7e\u2026]*$/);
    }
    const { out } = await run(["inspect", evil, "--format", "json"], { files: { [evil]: "hello" } });
    expect(out).toMatch(/^[\n\x20-\x7e]*$/);
    expect(JSON.parse(out).file).toBe(evil);
  });
});
