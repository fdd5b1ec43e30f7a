import { describe, expect, it } from "vitest";
import { sceneOf } from "../../core/picture/scene";
import { keyOfRow, rowOfKey } from "../../webview/rows";
import { options, otaTable, rowsOfText } from "./support/host";

describe("keys of rows", () => {
  const { regions } = sceneOf({ rows: rowsOfText(otaTable), options });

  for (const { key, row } of regions)
    it(`${key} names ${row === undefined ? "no row" : `row ${row}`}`, () => {
      expect(rowOfKey(key)).toBe(row);
      if (row !== undefined) expect(keyOfRow(row)).toBe(key);
    });
  it("are nothing else", () =>
    expect([null, "", "row-", "row-new", "row-1x", "gap-0x10"].map(rowOfKey)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]));
});
