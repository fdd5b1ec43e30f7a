import { describe, expect, it } from "vitest";
import { ascii, blank, concat } from "../support/bytes";
import {
  MICROPYTHON_ROWS,
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
} from "../support/imageFixture";
import { run, textOf } from "./support/fakeIo";

const micropython = makeMicroPython();
const combined = makeCombined({ apps: { factory: micropython } });
const table = makeTable(MICROPYTHON_ROWS);
const csv = `# ESP-IDF Partition Table
# Name, Type, SubType, Offset, Size, Flags
nvs,data,nvs,0x9000,24K,
phy_init,data,phy,0xf000,4K,
factory,app,factory,0x10000,1984K,
vfs,data,fat,0x200000,2M,
`;
const dump = makeCombined({ flashOffset: 0, size: 0x400000 });
const header = (bytes: Uint8Array) => ascii(`const char final_table[] = {${[...bytes].join(",")}};\n`);
const withBytes = (bytes: Uint8Array, at: number, changed: Uint8Array): Uint8Array => {
  const copy = bytes.slice();
  copy.set(changed, at);
  return copy;
};

describe("decode", () => {
  const sources: Readonly<Record<string, Uint8Array>> = {
    "a table binary": table,
    "a combined image": combined,
    "a dump": dump,
    "a header": header(table),
    "a header in another encoding": concat([
      ascii("// gr"),
      Uint8Array.of(0xfc),
      ascii("n\n"),
      header(table),
    ]),
  };
  for (const [what, bytes] of Object.entries(sources))
    it(`reads ${what}, whatever its name`, async () => {
      const { code, written } = await run(["decode", "file.csv"], { files: { "file.csv": bytes } });
      expect({ code, csv: textOf(written.get("-")) }).toEqual({ code: 0, csv });
    });

  it("writes into a file", async () => {
    const { written } = await run(["decode", "t.bin", "-o", "t.csv"], { files: { "t.bin": table } });
    expect([...written.keys()]).toEqual(["t.csv"]);
  });

  it("asks which table when there are several", async () => {
    const files = { "two.bin": withBytes(dump, 0x3f0000, makeTable(MICROPYTHON_ROWS.slice(2))) };
    const { code, err, written } = await run(["decode", "two.bin"], { files });
    expect({ code, written: written.size }).toEqual({ code: 2, written: 0 });
    expect(err).toContain("partition tables at 0x8000, 0x3f0000. Choose one, for example with --at 0x8000.");
    const chosen = await run(["decode", "two.bin", "--at", "0x3f0000"], { files });
    expect(textOf(chosen.written.get("-"))).not.toContain("nvs");
  });

  it("writes an undamaged table that has problems, and shows them", async () => {
    const rows = [{ label: "app", type: 0, subtype: 0, offset: 0x11000, size: 0x100000 }];
    const { code, err, written } = await run(["decode", "t.bin"], { files: { "t.bin": makeTable(rows) } });
    expect({ code, lines: textOf(written.get("-"))?.split("\n").length }).toEqual({ code: 1, lines: 4 });
    expect(err).toContain("<decoded>:3:17: error:");
  });

  it("names what Espressif's CSV has no way to say, and prints that CSV all the same", async () => {
    const rows = MICROPYTHON_ROWS.map((row) => (row.label === "phy_init" ? { ...row, label: "#phy" } : row));
    const { code, err, written } = await run(["decode", "t.bin"], { files: { "t.bin": makeTable(rows) } });
    expect({ code, csv: textOf(written.get("-")) }).toEqual({
      code: 1,
      csv: csv.replace("phy_init", "#phy"),
    });
    expect(err).toContain("crossflash: Partition '#phy' is lost in this CSV, or read as another: ");
    expect(err).not.toContain("'nvs' is lost");
  });

  const refused: Readonly<Record<string, readonly [bytes: Uint8Array, message: string]>> = {
    "a changed byte": [withBytes(table, 4, Uint8Array.of(1)), "damaged at 0x80. The MD5"],
    "a changed byte in a dump": [withBytes(dump, 0x8004, Uint8Array.of(1)), "damaged at 0x8080. The MD5"],
    "a foreign row": [withBytes(table, 32, Uint8Array.of(0)), "damaged at 0x20. A row begins with AA 50"],
    "a cut table": [table.subarray(0, 0xa0), "no end"],
    "an app alone": [micropython, "holds no partition table"],
    "an empty file": [blank(0), "The file is empty."],
    "an erased flash": [blank(0x10000), "every byte is 0xff"],
    "a web page": [ascii("<html></html>"), "no array 'final_table'"],
    "a header with two arrays": [concat([header(table), header(table)]), "defines 'final_table' twice"],
  };
  for (const [what, [bytes, message]] of Object.entries(refused))
    it(`refuses ${what}`, async () => {
      const { code, err, written } = await run(["decode", "x"], { files: { x: bytes } });
      expect({ code, written: written.size }).toEqual({ code: 1, written: 0 });
      expect(err).toContain(message);
    });

  it("says when the place lies behind the end", async () => {
    const { code, err } = await run(["decode", "x", "--at", "0x9000"], { files: { x: table } });
    expect({ code, err }).toEqual({
      code: 1,
      err: "crossflash: x: The file ends at 0xc00, before 0x9000.\n",
    });
  });
});

describe("extract-app", () => {
  it("writes the app, and nothing but the app", async () => {
    const { code, written } = await run(["extract-app", "x.bin", "-o", "app.bin"], {
      files: { "x.bin": combined },
    });
    expect(code).toBe(0);
    expect(written.get("app.bin")).toEqual(micropython);
  });

  it("refuses an app and a damaged image", async () => {
    for (const bytes of [micropython, combined.subarray(0, combined.length - 8)]) {
      const { code, err, written } = await run(["extract-app", "x.bin", "-o", "app.bin"], {
        files: { "x.bin": bytes },
      });
      expect({ code, written: written.size }).toEqual({ code: 1, written: 0 });
      expect(err).toMatch(/^crossflash: x\.bin: [A-Z].*\.\n$/);
    }
  });
});

describe("inspect", () => {
  const text = async (bytes: Uint8Array) =>
    (await run(["inspect", "x.bin"], { files: { "x.bin": bytes } })).out;

  it("tells people about an app", async () => {
    const out = await text(makeMicroPython({ size: 0x20000 }));
    expect(out).toContain("x.bin: an app, as an OTA slot holds it, 128 KB (131,072 bytes)\n");
    expect(out).toMatch(/^ {2}MicroPython +v1\.23\.0 of 2024-06-02$/m);
    expect(out).toMatch(/^ {2}chip +ESP32, revision v0\.0 and later$/m);
    expect(out).toMatch(/^ {2}checksum +0x[0-9a-f]+, correct$/m);
    expect(out).toMatch(/^ {2}SHA-256 +[0-9a-f]{64}, correct$/m);
    expect(out).toMatch(/^ {2}ESP-IDF +v5\.0\.4$/m);
    expect(out).toMatch(/^Segments of the app$/m);
  });

  it("tells what is in a combined image", async () => {
    const out = await text(combined);
    for (const part of ["Bootloader at 0x1000", "Partition table at 0x8000", "App slot 'factory' at 0x10000"])
      expect(out).toContain(part);
  });

  it("tells about bootloaders and tables", async () => {
    expect(await text(makeBootloader({ idfVersion: "v5.4" }))).toMatch(/^ {2}ESP-IDF +v5\.4$/m);
    expect(await text(table)).toContain("x.bin: a partition table, 3 KB");
  });

  it("never carries control characters to the terminal", async () => {
    const out = await text(makeApp({ version: "\u001b[2J", projectName: "x" }));
    expect(out).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it("gives the same as JSON, with chips by their id", async () => {
    const { code, out } = await run(["inspect", "x.bin", "--format", "json"], {
      files: { "x.bin": combined },
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      file: "x.bin",
      kind: "combined",
      size: combined.length,
      app: { image: { chip: "esp32" }, micropython: { version: "v1.23.0" } },
    });
  });

  it("gives exit code 1 for what is damaged or no image", async () => {
    for (const [bytes, word] of [
      [micropython.subarray(0, 100), "damaged"],
      [ascii("hello"), "no image"],
    ] as const) {
      const { code, out } = await run(["inspect", "x.bin"], { files: { "x.bin": bytes } });
      expect(code).toBe(1);
      expect(out).toContain(word);
    }
  });
});
