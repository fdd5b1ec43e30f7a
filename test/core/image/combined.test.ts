import { describe, expect, it } from "vitest";
import { chipTargets } from "../../../core/chip/targets";
import { type CombinedFault, extractApp, readCombined } from "../../../core/image/combined";
import { concat, pattern } from "../../support/bytes";
import {
  MICROPYTHON_ROWS,
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
  type RowFixture,
} from "../../support/imageFixture";

const OTA_ROWS: readonly RowFixture[] = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x4000 },
  { label: "otadata", type: 1, subtype: 0, offset: 0xd000, size: 0x2000 },
  { label: "ota_1", type: 0, subtype: 0x11, offset: 0x30000, size: 0x10000 },
  { label: "ota_0", type: 0, subtype: 0x10, offset: 0x20000, size: 0x10000 },
];

const checkExtracted = (combined: Uint8Array, expected: Uint8Array): void => {
  const app = extractApp(combined);
  expect(app.ok ? Buffer.compare(app.value, expected) : app).toBe(0);
};

const checkRefused = (bytes: Uint8Array, reason: CombinedFault): void => {
  expect(extractApp(bytes)).toMatchObject({ ok: false, reason });
};

describe("a combined image", () => {
  it.each(chipTargets.map(({ id }) => id))("of the %s gives back its app, to the byte", (chip) => {
    const app = makeMicroPython({ chip, size: 0x4000 });
    checkExtracted(makeCombined({ chip, apps: { factory: app } }), app);
  });

  it("begins at the chip's bootloader, or at flash address 0", () => {
    const found = (flashOffset?: number) =>
      readCombined(makeCombined(flashOffset === undefined ? {} : { flashOffset }));
    expect(found()).toMatchObject({
      value: { flashOffset: 0x1000, tableOffset: 0x8000, app: { image: { offset: 0xf000 } } },
    });
    expect(found(0)).toMatchObject({ value: { flashOffset: 0, app: { image: { offset: 0x10000 } } } });
  });

  it("may have its table elsewhere", () => {
    const rows = MICROPYTHON_ROWS.map((row) => ({ ...row, offset: row.offset + 0x10000 }));
    expect(readCombined(makeCombined({ tableOffset: 0x10000, rows }))).toMatchObject({
      value: { tableOffset: 0x10000, app: { image: { offset: 0x1f000 } } },
    });
  });

  it("has its app cut off where it ends, whatever is behind it", () => {
    const app = makeMicroPython();
    checkExtracted(concat([makeCombined({ apps: { factory: app } }), pattern(5000, 5)]), app);
    checkExtracted(makeCombined({ apps: { factory: app }, size: 0x3ff000 }), app);
  });

  it("keeps the signature of a signed app", () => {
    const app = makeMicroPython({ size: 0x2ff0 });
    const signed = concat([
      app,
      new Uint8Array(0x10).fill(0xff),
      Uint8Array.of(0xe7, 2, 0, 0),
      pattern(4092, 6),
    ]);
    checkExtracted(makeCombined({ apps: { factory: signed }, size: 0x100000 }), signed);
  });

  it("boots ota_0 before ota_1, in whatever order the rows stand", () => {
    const [first, second] = [makeApp({ version: "first" }), makeApp({ version: "second" })];
    checkExtracted(makeCombined({ rows: OTA_ROWS, apps: { ota_0: first, ota_1: second } }), first);
    checkExtracted(makeCombined({ rows: OTA_ROWS, apps: { ota_1: second } }), second);
  });

  it("with two apps and written otadata is not guessed at", () => {
    const dump = makeCombined({ rows: OTA_ROWS, apps: { ota_0: makeApp(), ota_1: makeApp() } });
    dump.set([2, 0, 0, 0], 0xd000 - 0x1000);
    checkRefused(dump, "several-apps");
  });
});

describe("no app is extracted", () => {
  const combined = makeCombined();

  it("from an app, a bootloader, a table or anything else", () => {
    for (const bytes of [makeApp(), makeBootloader(), makeTable(MICROPYTHON_ROWS), pattern(1000, 1)]) {
      checkRefused(bytes, "not-combined");
    }
  });

  it("from an app that carries a table among its data", () => {
    const table = concat([pattern(0x8000 - 0x1000 - 32, 1), makeTable(MICROPYTHON_ROWS)]);
    const text = String.fromCharCode(...table);
    expect(readCombined(makeApp({ descriptor: "none", texts: [text] }))).toBeUndefined();
  });

  it("where there is none", () => {
    checkRefused(makeCombined({ apps: {} }), "no-app");
    checkRefused(combined.slice(0, 0xf000), "no-app");
    checkRefused(makeCombined({ apps: {}, size: 0x100000 }), "no-app");
  });

  it("where it is damaged, and the damage is named", () => {
    checkRefused(combined.slice(0, -1), "truncated");
    const flipped = combined.slice();
    flipped.set([(flipped[0xf100] ?? 0) ^ 1], 0xf100);
    checkRefused(flipped, "checksum");
  });

  it("where it does not fit its partition", () => {
    const rows = MICROPYTHON_ROWS.map((row) => (row.label === "factory" ? { ...row, size: 0x1000 } : row));
    checkRefused(makeCombined({ rows, apps: { factory: makeApp({ size: 0x1010 }) } }), "truncated");
  });

  it("where the app slot holds a bootloader", () =>
    checkRefused(makeCombined({ apps: { factory: makeBootloader() } }), "no-app"));

  it("where the app rows overlap", () => {
    const twice = MICROPYTHON_ROWS.flatMap((row) =>
      row.type === 0 ? [row, { ...row, subtype: 0x20 }] : [row],
    );
    checkRefused(makeCombined({ rows: twice, size: 0x200000 }), "overlap");
  });

  it("where the bootloader before it is damaged", () => {
    const flipped = combined.slice();
    flipped.set([(flipped[60] ?? 0) ^ 1], 60);
    checkRefused(flipped, "checksum");
  });

  it("where the table contradicts its MD5 row", () => {
    const flipped = combined.slice();
    flipped.set([0x11], 0x7000 + 2 * 32 + 6);
    checkRefused(flipped, "not-combined");
  });
});
