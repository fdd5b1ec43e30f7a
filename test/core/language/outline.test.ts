import { expect, test } from "vitest";
import { folding } from "../../../core/language/folding";
import { inlayHints } from "../../../core/language/inlay";
import { semanticTokens } from "../../../core/language/semanticTokens";
import { symbols } from "../../../core/language/symbols";
import { span } from "../../../core/text/span";
import { analysed, applied } from "./cursorText";

test("the outline lists every partition with its place", () => {
  const found = symbols(analysed("nvs, data, nvs, , 24K\n, app, factory, , 1M\nx, data, ?, , "));
  expect(found.map(({ name, detail, kind }) => `${kind} ${name}: ${detail}`)).toEqual([
    "other nvs: data, nvs · 0x9000 to 0xf000 · 24 KB",
    "app (no name): app, factory · 0x10000 to 0x110000 · 1 MB",
    "other x: data, ?",
  ]);
});

test("a comment folds the rows under it, or its own lines", () => {
  const text =
    "# a\n# b\n\n# slots\nx, data, fat, , 4K\ny, data, fat, , 4K\n\nz, data, fat, , 4K\nu, data, fat, , 4K\n";
  const folds = folding(analysed(text).csv);
  expect(
    folds.map(({ kind, span: { start, end } }) => [kind, text.slice(start, end).split("\n").length]),
  ).toEqual([
    ["comment", 2],
    ["region", 3],
  ]);
});

test("blank offsets show what the build computes, where the value would stand", () => {
  const text = "nvs, data, nvs, , 24K\nx, data, fat, 0xf000, 4K\napp, app, factory,, 1M";
  const analysis = analysed(text);
  const hints = inlayHints(analysis, span(0, text.length));
  expect(hints.map(({ label }) => label)).toEqual(["0x9000", "0x10000"]);
  expect(hints.map(({ at }) => text.slice(0, at).length - text.lastIndexOf("\n", at - 1) - 1)).toEqual([
    16, 18,
  ]);
  const written = applied(
    text,
    hints.map(({ edit }) => edit),
  );
  expect(written).toBe(
    "nvs, data, nvs, 0x9000, 24K\nx, data, fat, 0xf000, 4K\napp, app, factory, 0x10000, 1M",
  );
  expect(inlayHints(analysed(written), span(0, written.length))).toEqual([]);
  expect(inlayHints(analysis, span(0, 5)).map(({ label }) => label)).toEqual(["0x9000"]);
});

test("every piece of the text has its kind", () => {
  const text = "# c\nnvs, data, nvs, 0x9000, 24K, encrypted:nonsense, more\nx, what, 3, $Y, 4K\n$HOME, data";
  const tokens = semanticTokens(analysed(text));
  expect(tokens.map(({ kind, span: { start, end } }) => `${kind} ${text.slice(start, end)}`)).toEqual([
    "comment # c",
    "label nvs",
    "type data",
    "subtype nvs",
    "number 0x9000",
    "number 24K",
    "flag encrypted",
    "comment more",
    "label x",
    "number 3",
    "number 4K",
    "variable $HOME",
  ]);
});
