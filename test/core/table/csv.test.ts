import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellOf, columns, parseCsv } from "../../../core/table/csv";
import { setCell, setNumber } from "../../../core/table/edit";
import { applyEdits } from "../../../core/text/span";

const alphabet = [...'nvs,data0x9K \t#$A{}"\n', "\r\n", "\r", "\u2028", "\x85", "é", "\u3000", "漢"];
const anyCsv = fc.array(fc.constantFrom(...alphabet), { maxLength: 120 }).map((parts) => parts.join(""));

describe("reading a CSV loses nothing", () => {
  it("lines and the ends between them are the whole text", () => {
    fc.assert(
      fc.property(anyCsv, (text) => {
        const { lines } = parseCsv(text, { A: "x,y" });
        let end = 0;
        for (const { span } of lines) {
          expect(text.slice(end, span.start)).toMatch(/^(\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])?$/);
          end = span.end;
        }
        expect(text.slice(end)).toMatch(/^(\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])?$/);
      }),
    );
  });

  it("cells are the text under their spans, between the commas of their row", () => {
    fc.assert(
      fc.property(anyCsv, (text) => {
        for (const row of parseCsv(text).rows) {
          const outers = row.cells.map(({ outer }) => text.slice(outer.start, outer.end));
          expect(outers.join(",")).toBe(text.slice(row.cells[0]?.outer.start, row.cells.at(-1)?.outer.end));
          for (const cell of row.cells) expect(text.slice(cell.span.start, cell.span.end)).toBe(cell.text);
        }
      }),
    );
  });

  it("variables never move a span outside its line", () => {
    fc.assert(
      fc.property(anyCsv, (text) => {
        for (const { span, cells } of parseCsv(text, { A: "q,w", n: "", d: "a b" }).rows) {
          for (const cell of cells) {
            expect(
              span.start <= cell.span.start && cell.span.start <= cell.span.end && cell.span.end <= span.end,
            ).toBe(true);
          }
        }
      }),
    );
  });
});

describe("what a line is", () => {
  const kinds = (text: string) => parseCsv(text, { HOME: "/root" }).lines.map(({ kind }) => kind);

  it("knows comments, blank lines, rows and unset variables", () => {
    expect(kinds("# a\n\n  \t\n  # b\na,b\n$UNSET,x\n${UNSET},x\n$HOME,x\n//no comment")).toEqual([
      "comment",
      "blank",
      "blank",
      "comment",
      "row",
      "unknown-variable",
      "row",
      "row",
      "row",
    ]);
  });
  it("has no line behind a final line end", () => expect(kinds("a,b\n")).toEqual(["row"]));
  it("counts lines as Python does", () => {
    expect(parseCsv("a\x0bb\u2028c\r\nd").lines.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });
});

describe("variables", () => {
  const cells = (text: string, environment: Record<string, string>) =>
    parseCsv(text, environment).rows[0]?.cells.map((cell) => [
      cell.text,
      text.slice(cell.span.start, cell.span.end),
    ]);

  it("may bring several fields, which all stand where the variable stands", () => {
    expect(cells(" $ROW , 1M", { ROW: "a,app" })).toEqual([
      ["a", "$ROW"],
      ["app", "$ROW"],
      ["1M", "1M"],
    ]);
  });
  it("cover a variable without a value", () => {
    const text = "a, $NO ,$NO b,c$NO";
    const row = parseCsv(text, { NO: "" }).rows[0];
    const outers = row?.cells.map(({ outer }) => text.slice(outer.start, outer.end));
    expect(outers).toEqual(["a", " $NO ", "$NO b", "c$NO"]);
  });
  it("are replaced once, and only where they are set", () => {
    expect(cells("x${A}b,$B$C", { A: "$B", B: "x" })).toEqual([
      ["x$Bb", "x${A}b"],
      ["x$C", "$B$C"],
    ]);
  });
  it("are not taken from the prototype", () =>
    expect(cells("x,$constructor", {})?.[1]?.[0]).toBe("$constructor"));
});

describe("changing one field", () => {
  const change = (text: string, column: (typeof columns)[number], value: string) => {
    const row = parseCsv(text).rows[0];
    return row && applyEdits(text, [setCell(row, column, value)]);
  };

  it("leaves everything else as it is", () => {
    expect(change("  nvs ,\tdata,nvs , 0x9000 ,\t4K, encrypted", "size", "8K")).toBe(
      "  nvs ,\tdata,nvs , 0x9000 ,\t8K, encrypted",
    );
  });
  it("fills a blank field", () => expect(change("a,app,,,1M", "subtype", "test")).toBe("a,app, test,,1M"));
  it("adds missing fields", () => expect(change("a,app", "size", "1M")).toBe("a,app,,, 1M"));
  it("empties a field", () =>
    expect(change("a, app, test, N/A, 1M", "offset", "")).toBe("a, app, test, , 1M"));

  it("gives back what was set, whatever the row is", () => {
    const value = fc.stringMatching(/^[a-z0-9_]{1,8}$/);
    fc.assert(
      fc.property(anyCsv, fc.constantFrom(...columns), value, (text, column, wanted) => {
        const { rows } = parseCsv(text);
        for (const [index, row] of rows.entries()) {
          const changed = parseCsv(applyEdits(text, [setCell(row, column, wanted)])).rows;
          // A row whose name begins with # is a comment; that is the only way to lose one.
          expect(changed).toHaveLength(rows.length);
          const after = changed[index];
          expect(after && cellOf(after, column).text).toBe(wanted);
        }
      }),
    );
  });

  it("keeps the notation of a number", () => {
    const written = (size: string) => {
      const text = `a,data,fat,,${size}`;
      const row = parseCsv(text).rows[0];
      return row && applyEdits(text, [setNumber(row, "size", 0x200000)]).slice(12);
    };
    expect(["1M", "64K", "0x1000", "4096", ""].map(written)).toEqual([
      "2M",
      "2M",
      "0x200000",
      "2097152",
      " 0x200000",
    ]);
  });
});
