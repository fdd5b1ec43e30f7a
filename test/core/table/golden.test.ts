import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyse } from "../../../core/analyse";
import { decodeTable } from "../../../core/table/decode";
import { encodeTable } from "../../../core/table/encode";
import { isComplete } from "../../../core/table/entry";
import { printTable } from "../../../core/table/print";
import { decodeText } from "../../../core/text/decode";
import { type GoldenCase, optionsOf, refusalOf } from "../../support/golden";
import { deliberateDifferences } from "../../vectors/differences";

const folder = new URL("../../vectors/gen_esp32part/open/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, folder));
const casesIn = (set: string): GoldenCase[] =>
  readdirSync(new URL(set, folder))
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(read(`${set}/${file}`).toString()));

describe("what Espressif's tool accepts", () => {
  for (const golden of casesIn("valid")) {
    it(`${golden.name}: the same binary and the same table back`, () => {
      const { facts } = optionsOf(golden);
      const text = decodeText(read(`valid/${golden.name}.csv`));
      if (!text.ok) throw new Error(text.message);
      const { table, problems } = analyse(text.value, facts);
      expect(problems.filter(({ stage, severity }) => stage !== "device" && severity === "error")).toEqual(
        [],
      );
      const entries = table.entries.filter(isComplete);
      const binary = encodeTable(entries, facts);
      if (!binary.ok) throw new Error(binary.message);
      expect(Buffer.from(binary.value).equals(read(`valid/${golden.name}.bin`))).toBe(true);
      if (golden.decoded_csv === undefined) return;
      const decoded = decodeTable(binary.value, facts);
      if (!decoded.ok) throw new Error(decoded.message);
      expect(printTable(decoded.value.entries, facts.extraSubtypes)).toBe(
        read(`valid/${golden.decoded_csv}`).toString(),
      );
    });
  }
});

describe("what Espressif's tool refuses", () => {
  for (const golden of casesIn("invalid")) {
    const difference = deliberateDifferences[golden.name];
    it(`${golden.name}: ${difference ?? golden.error_class}`, () => {
      const bytes = read(`invalid/${golden.name}.csv`);
      expect(refusalOf(bytes, golden)).toBe(difference === undefined ? golden.error_class : "OK");
    });
  }
});
