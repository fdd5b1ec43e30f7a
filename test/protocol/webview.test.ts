import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LayoutIntent } from "../../core/edit/intent";
import {
  type FromWebview,
  type FromWebviewName,
  type FromWebviewParams,
  fromWebview,
  protocolVersion,
  readFromWebview,
} from "../../protocol/webview";

/** A message of the page as it crosses the boundary. */
const message = (name: string, params: unknown): unknown => JSON.parse(JSON.stringify({ name, params }));

const place = { row: 3, offset: 0x10000, size: 0x100000 };
const add = { kind: "add", name: "vfs", type: "data", subtype: "fat", offset: 0x200000, size: 0x100000 };
const intents: readonly LayoutIntent[] = [
  { kind: "place", places: [place] },
  { kind: "place", places: [place, { ...place, row: 4 }] },
  { ...add, kind: "add" },
  { kind: "delete", row: 0 },
  { kind: "reorder", row: 1, before: 0 },
  { kind: "reorder", row: 1, before: null },
  { kind: "write", row: 2, cells: { name: "ota_0", size: "" } },
  { kind: "write", row: 2, cells: {} },
];

/** Every message in every form that the page uses. */
const good: { readonly [N in FromWebviewName]: readonly FromWebviewParams[N][] } = {
  ready: [{ protocol: protocolVersion }],
  applyIntent: intents.map((intent) => ({ baseVersion: 7, intent })),
  applyFix: [{ baseVersion: 7, problem: 0, fix: 1, title: "Move it" }],
  select: [{ row: 3 }, { row: null }],
  showText: [{ row: 3 }, { row: null }],
  showRule: [{ id: "otadata-size" }],
  chooseBinary: [{}],
  exportPicture: (["svg", "markdown", "png"] as const).flatMap((format) => [
    { format, to: "clipboard" as const },
    { format, to: "file" as const },
  ]),
  savePng: [{ data: "iVBORw0KGgo=" }],
  pictureCopied: [{}],
  pictureFailed: [{ message: "The browser could not draw the picture as PNG." }],
  failed: [{ message: "TypeError: x is not a function" }],
};

const allGood = Object.entries(good).flatMap(([name, forms]) =>
  forms.map((params) => ({ name, params: params as object })),
);

describe("what the page may say", () => {
  test.each(allGood)("$name $params", ({ name, params }) => {
    expect(readFromWebview(message(name, params))).toEqual({ name, params });
  });

  test("a picture of any size, so that one that is too large is answered", () => {
    const data = "x".repeat(17 * 1024 * 1024);
    expect(readFromWebview({ name: "savePng", params: { data } })?.name).toBe("savePng");
  });
});

const applied = (intent: unknown): [string, unknown] => ["applyIntent", { baseVersion: 1, intent }];
const placed = (changes: object): [string, unknown] =>
  applied({ kind: "place", places: [{ ...place, ...changes }] });
const long = "x".repeat(201);

/** Messages that no page of ours sends. */
const hostile: Readonly<Record<string, readonly [string, unknown]>> = {
  "no such message": ["eval", {}],
  "a name of every object": ["constructor", {}],
  "the prototype's name": ["__proto__", {}],
  "no parameters": ["ready", undefined],
  "parameters that are a text": ["ready", "1"],
  "parameters that are null": ["chooseBinary", null],
  "a version that is a text": ["ready", { protocol: "1" }],
  "a version below zero": ["applyFix", { baseVersion: -1, problem: 0, fix: 0, title: "Move it" }],
  "half a version": ["applyFix", { baseVersion: 1.5, problem: 0, fix: 0, title: "Move it" }],
  "a problem that no table has": ["applyFix", { baseVersion: 1, problem: 10_001, fix: 0, title: "Move it" }],
  "no fix": ["applyFix", { baseVersion: 1, problem: 0, title: "Move it" }],
  "an intent without a version": ["applyIntent", { intent: { kind: "delete", row: 0 } }],
  "no intent": ["applyIntent", { baseVersion: 1 }],
  "an unknown kind of intent": applied({ kind: "truncate", row: 0 }),
  "a kind of every object": applied({ kind: "toString", row: 0 }),
  "two kinds at once": applied({ kind: ["delete"], row: 0 }),
  "a list for an intent": applied([{ kind: "delete", row: 0 }]),
  "a row below zero": applied({ kind: "delete", row: -1 }),
  "a row that is a text": applied({ kind: "delete", row: "0" }),
  "half a row": applied({ kind: "delete", row: 0.5 }),
  "an endless row": ["select", { row: 1e308 }],
  "no row": ["select", {}],
  "an address that is a text": placed({ offset: "0x10000" }),
  "an address below zero": placed({ offset: -4096 }),
  "an address beyond 32 bits": placed({ offset: 2 ** 32 + 1 }),
  "half a byte": placed({ size: 4096.5 }),
  "no size": placed({ size: undefined }),
  "three places at once": applied({ kind: "place", places: [place, place, place] }),
  "a huge list of places": applied({ kind: "place", places: Array(100_000).fill(place) }),
  "places that are no list": applied({ kind: "place", places: { 0: place, length: 1 } }),
  "a name that is too long": applied({ ...add, name: long }),
  "a type that is a number": applied({ ...add, type: 1 }),
  "a field that is too long": applied({ kind: "write", row: 0, cells: { size: long } }),
  "a field that is a list": applied({ kind: "write", row: 0, cells: { size: ["1M"] } }),
  "fields that are null": applied({ kind: "write", row: 0, cells: null }),
  "an unknown format": ["exportPicture", { format: "html", to: "file" }],
  "an unknown destination": ["exportPicture", { format: "svg", to: "/etc/passwd" }],
  "a picture that is no text": ["savePng", { data: [137, 80, 78, 71] }],
  "undo, which is the editor's own": ["undo", {}],
  "a rule with a name that is too long": ["showRule", { id: "x".repeat(101) }],
  "a report that is too long": ["failed", { message: "x".repeat(4001) }],
  "a reason that is too long": ["pictureFailed", { message: "x".repeat(4001) }],
};

describe("what is no message", () => {
  test.each(Object.entries(hostile))("%s", (_, [name, params]) => {
    expect(readFromWebview(message(name, params))).toBeUndefined();
  });

  test.each([
    undefined,
    null,
    0,
    "ready",
    [],
    ["ready", {}],
    { name: "ready" },
    { params: {} },
    { name: 1, params: {} },
  ])("%j", (value) => expect(readFromWebview(value)).toBeUndefined());

  // JSON has none of these, but the page's messages are not bound to be JSON.
  const delivered = (params: unknown): FromWebview | undefined => readFromWebview({ name: "select", params });
  test("numbers that are none, holes, and fields that are inherited", () => {
    for (const row of [Number.NaN, Number.POSITIVE_INFINITY, 1n, new Number(1)])
      expect(delivered({ row })).toBeUndefined();
    expect(delivered(Object.create({ row: 1 }))).toBeUndefined();
    expect(delivered(JSON.parse('{"__proto__": {"row": 1}}'))).toBeUndefined();
    const places = Array(2);
    expect(
      readFromWebview({ name: "applyIntent", params: { baseVersion: 1, intent: { kind: "place", places } } }),
    ).toBeUndefined();
  });
});

describe("anything at all", () => {
  const names = Object.keys(fromWebview);
  const value = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true }),
    fc.constantFrom(...allGood),
  );
  const nearly = fc.record({
    name: fc.oneof(fc.constantFrom(...names), fc.string()),
    params: fc.oneof(value, fc.constantFrom(...allGood.map(({ params }) => params))),
  });

  test("never throws, and what is read has the shape of its name", () => {
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(value, nearly), (anything) => {
        const found = readFromWebview(anything);
        if (!found) return;
        read++;
        expect(fromWebview[found.name](found.params)).toBe(true);
        expect(Object.keys(found)).toEqual(["name", "params"]);
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  /** Every field of a good message, replaced by something else. */
  test("one field of a message that is anything else never throws", () => {
    fc.assert(
      fc.property(fc.constantFrom(...allGood), fc.anything(), fc.nat(), ({ name, params }, other, at) => {
        const keys = Object.keys(params);
        const key = keys[at % Math.max(keys.length, 1)];
        const changed = key === undefined ? other : { ...params, [key]: other };
        const found = readFromWebview({ name, params: changed });
        if (found) expect(fromWebview[found.name](found.params)).toBe(true);
      }),
    );
  });
});
