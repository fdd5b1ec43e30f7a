import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspectImage } from "../../../core/image/inspect";
import { blank, concat, pattern, zeros } from "../../support/bytes";
import {
  MICROPYTHON_ROWS,
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
} from "../../support/imageFixture";

const checkReport = (bytes: Uint8Array, expected: object): void => {
  expect(inspectImage(bytes)).toMatchObject(expected);
};

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

describe("a file is recognised", () => {
  it("as an app, with descriptor and MicroPython", () => {
    checkReport(makeMicroPython({ chip: "esp32c3", size: 0x8000 }), {
      kind: "app",
      size: 0x8000,
      app: {
        image: { chip: { id: "esp32c3" }, size: 0x8000 },
        descriptor: { idfVersion: "v5.0.4" },
        micropython: { version: "v1.23.0" },
        trailing: { content: "nothing", size: 0 },
      },
    });
  });

  it("as an app without a descriptor", () => {
    const report = inspectImage(makeApp({ descriptor: "none", hash: "none" }));
    expect(report.kind === "app" && report.app).toMatchObject({
      descriptor: undefined,
      micropython: undefined,
      image: { sha256: undefined },
    });
  });

  it("as a bootloader", () => {
    checkReport(makeBootloader({ idfVersion: "v5.4.2", flashSize: "8MB" }), {
      kind: "bootloader",
      bootloader: { version: { idfVersion: "v5.4.2" }, image: { flashSize: 0x800000 } },
    });
  });

  it("as a combined image, or as a dump of a whole flash", () => {
    checkReport(makeCombined(), {
      kind: "combined",
      flashOffset: 0x1000,
      slots: [{ content: { kind: "app" } }],
    });
    checkReport(makeCombined({ chip: "esp32s3" }), { kind: "combined", flashOffset: 0 });
    checkReport(makeCombined({ flashOffset: 0, size: 0x400000 }), { kind: "flash-dump", flashOffset: 0 });
    checkReport(makeCombined({ chip: "esp32s3", size: 0x400000 }), { kind: "flash-dump" });
  });

  it("as a partition table", () => {
    checkReport(makeTable(MICROPYTHON_ROWS), { kind: "partition-table", rows: MICROPYTHON_ROWS });
    checkReport(makeTable(MICROPYTHON_ROWS, "none"), { kind: "partition-table", rows: MICROPYTHON_ROWS });
  });

  it("as damaged when it begins like an image and is none", () => {
    checkReport(makeApp().slice(0, -5), { kind: "damaged", failure: { reason: "truncated" } });
    checkReport(makeCombined().slice(0, -5), { kind: "damaged", failure: { reason: "truncated" } });
    checkReport(Uint8Array.of(0xe9), { kind: "damaged", failure: { reason: "too-short" } });
  });

  it.each([
    ["an empty file", new Uint8Array(0), /empty/],
    ["erased flash", blank(4096), /blank/],
    ["zeros", zeros(4096), /blank/],
    ["an ELF file", text("\x7fELF\x01\x01"), /ELF/],
    ["a UF2 file", text("UF2\nWQ]"), /UF2/],
    ["a web page", text("<!DOCTYPE html>"), /web page/],
    ["a Git LFS pointer", text("version https://git-lfs.github.com/spec/v1"), /Git LFS/],
    [
      "half a partition table",
      makeTable(MICROPYTHON_ROWS).slice(0, 100),
      /partition table, but it is cut off/,
    ],
    ["noise", pattern(100, 7), /begins with the byte 0xe9/],
  ])("as unknown when it is %s", (_, bytes, message) => {
    checkReport(bytes, { kind: "unknown", failure: { message: expect.stringMatching(message) } });
  });
});

describe("what stands behind an image is told", () => {
  const app = makeApp({ size: 0x1ff0 });
  const checkTrailing = (rest: Uint8Array, content: string, signedSize: number): void => {
    const signedEnd = app.length + signedSize;
    checkReport(concat([app, rest]), {
      app: { trailing: { offset: app.length, size: rest.length, content, signedEnd } },
    });
  };
  const signatureV1 = concat([new Uint8Array(4), pattern(64, 2)]);
  const signatureV2 = concat([blank(0x10), Uint8Array.of(0xe7, 3, 1, 0), pattern(4092, 2)]);

  it.each([
    ["padding", blank(0x1000)],
    ["padding", zeros(0x40)],
    ["other", pattern(100, 3)],
    ["other", concat([blank(100), pattern(1, 1)])],
  ] as const)("%s", (content, rest) => checkTrailing(rest, content, 0));

  it("a signature of Secure Boot V1, alone or padded", () => {
    checkTrailing(signatureV1, "signature-v1", 68);
    checkTrailing(concat([signatureV1, pattern(12, 4)]), "signature-v1", 68);
    checkTrailing(concat([signatureV1, blank(500)]), "signature-v1", 68);
    checkTrailing(signatureV1.slice(0, -1), "other", 0);
  });

  it("a signature of Secure Boot V2, with or without more behind it", () => {
    checkTrailing(signatureV2, "signature-v2", 0x1010);
    checkTrailing(concat([signatureV2, pattern(100, 9)]), "signature-v2", 0x1010);
    checkTrailing(signatureV2.slice(0, -1), "other", 0);
  });
});

describe("any bytes at all", () => {
  const shapes = [
    makeApp(),
    makeBootloader({ idfVersion: "v5.2" }),
    makeCombined(),
    makeTable(MICROPYTHON_ROWS),
  ];
  const change = fc.tuple(fc.nat(0xffffff), fc.nat(255));
  const mutated = fc
    .tuple(
      fc.constantFrom(...shapes),
      fc.array(change, { maxLength: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([shape, changes, length]) => {
      const bytes = shape.slice(0, Math.ceil(shape.length * length));
      for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
      return bytes;
    });
  const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => concat([Uint8Array.of(0xe9), bytes]));

  it("give a report and no exception", () => {
    fc.assert(
      fc.property(fc.oneof(mutated, noise, fc.uint8Array({ maxLength: 100 })), (bytes) => {
        const report = inspectImage(bytes);
        expect(report.size).toBe(bytes.length);
        if (report.kind === "damaged" || report.kind === "unknown") {
          expect(report.failure.message).toMatch(/^[A-Z].*\.$/s);
          expect(report.failure.at).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("take linear time, even when they repeat what is searched for", () => {
    const hostile = ["MicroPython ", "MicroPython-", " with ESP32", "M", "\0v1.1"].map((piece) =>
      makeApp({ texts: [piece.repeat(50_000)] }),
    );
    for (const bytes of hostile) {
      const start = performance.now();
      expect(inspectImage(bytes).kind).toBe("app");
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });
});
