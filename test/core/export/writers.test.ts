import { describe, expect, it } from "vitest";
import { headerBytes, headerText } from "../../../core/export/headerBytes";
import { type ExportContext, exportTable, writers } from "../../../core/export/index";
import { headerState } from "../../../core/export/sync";
import { analysisOf, balancedCsv, headerFixture, publishedCsv } from "../../support/headers";

const context: ExportContext = { csvName: "partitions.csv", toolVersion: "0.1.0" };
const broken = balancedCsv.replace("0x2000", "0x1000");

function write(id: string, csv: string, existing?: Uint8Array) {
  const writer = writers.find((known) => known.id === id);
  const file = writer?.write(analysisOf(csv), { ...context, existing });
  if (!file?.ok) throw new Error(file?.message);
  return file.value;
}

describe("the writers", () => {
  it("give the same bytes for the same input, and know when nothing changes", () => {
    for (const { id } of writers) {
      const { bytes, unchanged } = write(id, balancedCsv);
      expect(unchanged).toBe(false);
      expect(write(id, balancedCsv).bytes).toEqual(bytes);
      expect(write(id, balancedCsv, bytes)).toEqual({ bytes, unchanged: true, notes: [] });
      expect(write(id, publishedCsv, bytes)).toMatchObject({ unchanged: false });
    }
  });
  it("refuse a table with errors, and say the first", () => {
    for (const { write } of writers)
      expect(write(analysisOf(broken), context)).toMatchObject({
        ok: false,
        reason: "errors",
        message: expect.stringContaining("otadata"),
      });
  });
  it("write a binary of 0xC00 bytes that begins with a row", () => {
    const { bytes } = write("binary", balancedCsv);
    expect(bytes).toHaveLength(0xc00);
    expect([...bytes.subarray(0, 4)]).toEqual([0xaa, 0x50, 1, 2]);
  });
  it("keep bytes that are no UTF-8, and a byte order mark", () => {
    const comment = Uint8Array.of(0xef, 0xbb, 0xbf, 0x2f, 0x2f, 0xe9, 0xff, 0x0a);
    const array = headerBytes("char final_table[] = { 0 };\n");
    const { bytes } = write("header", balancedCsv, Uint8Array.of(...comment, ...array));
    expect(bytes.subarray(0, comment.length)).toEqual(comment);
    expect(headerText(bytes)).toContain("char final_table[] = {\n    0xaa,");
  });
});

describe("a row that could not be read", () => {
  it("is never left out, even when its rule is switched off", () => {
    for (const [id, row] of Object.entries({
      "unknown-keyword": "x, data, nothing, , 0x1000",
      "unknown-flag": "x, data, nvs, , 0x3000, encryptd",
      "unknown-variable": "$ROW",
    })) {
      const analysis = analysisOf(balancedCsv + row);
      expect(
        exportTable({ ...analysis, problems: analysis.problems.filter((problem) => problem.id !== id) }),
      ).toMatchObject({
        ok: false,
        reason: "errors",
      });
    }
  });
});

describe("the state of a header", () => {
  const macro = "char final_table[] = { 0 };\n#define PARTITION_VFS_SIZE 1\n";
  const cases: Record<string, readonly [header: string, csv: string, state: string]> = {
    "the same table": [headerFixture("crlf-tabs.h"), publishedCsv, "in-sync"],
    "another table": [headerFixture("crlf-tabs.h"), balancedCsv, "out-of-date"],
    "only the rows, not the sector": [headerFixture("published-style.h"), publishedCsv, "out-of-date"],
    "another macro": [headerFixture("crlf-tabs.h").replace("1048576", "4096"), publishedCsv, "out-of-date"],
    "a table with errors": [headerFixture("crlf-tabs.h"), broken, "out-of-date"],
    "a macro without its partition": [macro, publishedCsv.replace("vfs", "files"), "out-of-date"],
    "no array": ["", publishedCsv, "unreadable"],
    "no array and errors": ["", broken, "unreadable"],
    "a macro that is computed": [macro.replace("1\n", "A\n"), publishedCsv, "unreadable"],
  };
  for (const [title, [header, csv, state]] of Object.entries(cases))
    it(`${title}: ${state}`, () => expect(headerState(header, analysisOf(csv))).toBe(state));
});
