import { expect, test } from "vitest";
import { rename } from "../../../core/language/rename";
import { applied, withCursor } from "./cursorText";

const table = "ota$0_0, app, ota_0, , 1M\nvfs, data, fat, , 4K";

/** The first line after the rename, or the reason of the refusal. */
function checkRename(marked: string, newName: string, expected: string): void {
  const { analysis, offset, text } = withCursor(marked);
  const renamed = rename(analysis, offset, newName);
  expect(renamed.ok ? applied(text, renamed.value).split("\n")[0] : renamed.reason).toBe(expected);
}

test("a label is renamed in its field", () => {
  checkRename(table, "main", "main, app, ota_0, , 1M");
  checkRename(table, " main ", "main, app, ota_0, , 1M");
  checkRename(table, "ota_0", "ota_0, app, ota_0, , 1M");
  checkRename(table, "sixteen_bytes_ok", "sixteen_bytes_ok, app, ota_0, , 1M");
});

test("refused are names that the table cannot hold", () => {
  checkRename(table, "seventeen_bytes_x", "too-long");
  checkRename(table, "zehn_Bäume_äöüß", "too-long");
  checkRename(table, "  ", "empty");
  checkRename(table, "a,b", "forbidden");
  checkRename(table, "a\nb", "forbidden");
  checkRename(table, "#a", "forbidden");
  checkRename(table, "$a", "forbidden");
  checkRename(table, "vfs", "taken");
});

test("only labels can be renamed", () => {
  checkRename("ota_0, ap$0p, ota_0, , 1M", "x", "no-label");
  checkRename("# ota$0_0", "x", "no-label");
  checkRename("$0, app, ota_0, , 1M", "x", "no-label");
});
