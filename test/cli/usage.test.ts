import { describe, expect, it } from "vitest";
import { commands } from "../../cli/commands/index";
import { run } from "./support/fakeIo";

const table = "nvs, data, nvs, 0x9000, 0x5000\nfactory, app, factory, 0x10000, 1M\n";
const files = { "a.csv": table };

async function checkUsage(line: string, message: string): Promise<void> {
  const { code, out, err, written } = await run(line.split(" "), { files });
  expect({ code, out, files: [...written.keys()] }).toEqual({ code: 2, out: "", files: [] });
  expect(err).toContain(message);
}

describe("a command line that cannot be understood", () => {
  const cases: readonly (readonly [line: string, message: string])[] = [
    ["chekc a.csv", "There is no command 'chekc'. Did you mean 'check'?"],
    ["wibbles a.csv", "The commands are check, build, decode, export, inspect, extract-app, compat,"],
    ["help chekc", "Did you mean 'check'?"],
    ["check", "FILE.csv is missing"],
    ["check a.csv --flashsize 4MB", "There is no option '--flashsize'. Did you mean '--flash-size'?"],
    ["check a.csv --wibble", "There is no option '--wibble'."],
    ["check a.csv -z", "There is no option '-z'."],
    ["check a.csv --format", "'--format' needs a value: --format text|json|sarif."],
    ["check a.csv --chip --format json", "'--chip' needs a value: --chip CHIP."],
    ["check a.csv --format xml", "must be text, json or sarif, not 'xml'"],
    ["check a.csv --chip esp8266", "must be one of esp32, esp32s2"],
    ["check a.csv --flash-size 4mb", "must be one of 1MB, 2MB"],
    ["check a.csv --table-offset zz", "must be a flash address such as 0x8000, not 'zz'"],
    ["check a.csv --table-offset=-1", "must be a flash address"],
    ["check a.csv --secure v3", "must be v1 or v2, not 'v3'"],
    ["build a.csv", "'-o OUT.bin' is missing"],
    ["build a.csv b.csv -o a.bin", "'b.csv' is one argument too many"],
    ["build a.csv -o a.bin --no-md5=1", "'--no-md5' takes no value"],
    ["build a.csv -o a.bin --extra-subtype data,nvs,2", "already means 'nvs'"],
    ["boards x", "'x' is one argument too many"],
    ["flash a.csv b.csv", "One FILE.csv at a time: 'b.csv' is one argument too many"],
    ["restore", "FOLDER is missing"],
    ["backup", "'-o FOLDER' is missing"],
    ["read --range 0x9000", "'--range FROM:TO' must be two addresses such as 0x9000:0xe000"],
    ["read --range 0x9000:0x9000", "the second behind the range, not '0x9000:0x9000'"],
    ["backup -o x --range 1:2 --range 2:1", "not '2:1'"],
    ["read --baud fast", "must be a baud rate such as 460800, not 'fast'"],
    ["read --mac 1:2", "must be six pairs of hex digits such as 24:6f:28:00:00:01, not '1:2'"],
  ];
  for (const [line, message] of cases)
    it(line, async () => {
      await checkUsage(line, message);
    });

  it("says how to get help", async () => {
    expect((await run(["check"])).err).toBe(
      "crossflash check: FILE.csv is missing.\nRun 'crossflash help check' to see how it is used.\n",
    );
  });

  it("does not write over its own input", async () => {
    await checkUsage("build a.csv -o a.csv", "'a.csv' is the input and the output at once.");
    await checkUsage("decode a.csv -o a.csv", "'a.csv' is the input and the output at once.");
    await checkUsage("extract-app a.csv -o a.csv", "'a.csv' is the input and the output at once.");
    await checkUsage("export a.csv --header a.csv", "'a.csv' is the input and the output at once.");
  });
});

describe("numbers and options are read in the forms of the tool", () => {
  for (const offset of ["0x8000", "32768", "0X8000", "0o100000"])
    it(`--table-offset ${offset}`, async () => {
      expect(await run(["build", "a.csv", "-o", "-", "--table-offset", offset], { files })).toMatchObject({
        code: 0,
        err: "",
      });
    });

  it("takes the last of two values, values behind '=', and files behind '--'", async () => {
    const options = ["--format=text", "--format", "json", "--", "a.csv"];
    expect(JSON.parse((await run(["check", ...options], { files })).out)).toHaveProperty("problems");
  });
});

describe("help", () => {
  it("lists every command", async () => {
    for (const argv of [[], ["help"], ["--help"], ["-h"]]) {
      const { code, out, err } = await run(argv);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const widest = Math.max(...commands.map(({ name }) => name.length));
      for (const { name, summary } of commands)
        expect(out).toContain(`  ${name.padEnd(widest)}  ${summary}\n`);
    }
  });

  for (const { name, options } of commands)
    it(`of ${name} names every option with its text, and no line is too long`, async () => {
      const { out } = await run(["help", name]);
      expect(await run([name, "--help"])).toMatchObject({ code: 0, out });
      expect(await run([name, "x", "-h"])).toMatchObject({ code: 0, out });
      for (const [option, { help }] of Object.entries(options)) {
        expect(out).toContain(`--${option}`);
        expect(out.replace(/\s+/g, " ")).toContain(help.replace(/\s+/g, " "));
      }
      expect(out.split("\n").filter((line) => line.length > 100)).toEqual([]);
    });

  it("tells the version", async () => {
    expect(await run(["--version"])).toMatchObject({ code: 0, out: "crossflash 1.2.3\n" });
  });
});
