import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyse } from "../../../core/analyse";
import { noFacts } from "../../../core/facts";
import { decodeTable } from "../../../core/table/decode";
import { findTables } from "../../../core/table/locate";
import { printTable } from "../../../core/table/print";

const folder = new URL("../../vectors/gen_esp32part/decode/", import.meta.url);
const read = (path: string) => new Uint8Array(readFileSync(new URL(path, folder)));

interface DecodeCase {
  readonly name: string;
  readonly args: readonly string[];
  readonly error_class: string;
  readonly decoded_csv?: string;
}

const cases: DecodeCase[] = JSON.parse(Buffer.from(read("index.json")).toString()).cases;

/** What the tool calls our faults; where a file does not begin like a table the tool reads it as CSV and fails in other words. */
const classes: Readonly<Record<string, string>> = {
  md5: "E_MD5",
  magic: "E_MAGIC",
  length: "E_LENGTH",
  "no-end": "E_NO_END",
  name: "E_UTF8",
};

describe("tables read back by Espressif's tool", () => {
  for (const { name, args, error_class, decoded_csv } of cases) {
    it(`${name} ${args.join(" ")}: ${error_class}`, () => {
      const bytes = read(`${name}.bin`);
      const decoded = decodeTable(bytes, { md5Row: !args.includes("--disable-md5sum") });
      if (decoded_csv !== undefined) {
        if (!decoded.ok) throw new Error(decoded.message);
        expect(printTable(decoded.value.entries)).toBe(Buffer.from(read(decoded_csv)).toString());
        return;
      }
      if (!decoded.ok) {
        const readAsCsv = bytes[0] !== 0xaa || bytes[1] !== 0x50;
        expect(readAsCsv ? error_class : classes[decoded.reason]).toBe(error_class);
        return;
      }
      // The rows could be read: then the tool's refusal is a problem of the table, which the rules find in its CSV.
      // An erased sector is an empty table to us and unreadable text to the tool.
      const { problems } = analyse(printTable(decoded.value.entries), noFacts);
      const refused = problems.some(({ stage }) => stage !== "device") || decoded.value.entries.length === 0;
      expect(refused).toBe(true);
    });
  }
});

describe("finding tables in a file", () => {
  const table = read("t_ok_md5.bin");
  const dumpWith = (...offsets: number[]) => {
    const dump = new Uint8Array(0x20000).fill(0xff);
    for (const offset of offsets) dump.set(table, offset);
    return dump;
  };
  const places = (bytes: Uint8Array) => findTables(bytes).map(({ at }) => at);

  it("finds it at any sector", () => {
    expect(places(dumpWith(0x8000))).toEqual([0x8000]);
    expect(places(dumpWith(0x10000))).toEqual([0x10000]);
  });
  it("tells of several", () => expect(places(dumpWith(0x8000, 0x9000))).toEqual([0x8000, 0x9000]));
  it("finds the table of a table binary", () => expect(places(table)).toEqual([0]));
  it("finds nothing in an erased flash, in zeros and in nothing", () => {
    expect(places(dumpWith())).toEqual([]);
    expect(places(new Uint8Array(0x10000))).toEqual([]);
    expect(places(new Uint8Array())).toEqual([]);
  });
  it("does not take a damaged table", () => {
    const dump = dumpWith(0x8000);
    dump[0x8004] = 0xee;
    expect(places(dump)).toEqual([]);
  });
});
