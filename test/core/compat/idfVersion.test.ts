import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  firstReleaseFrom,
  type IdfOrder,
  idfVersionBetween,
  majorOf,
  mayBeSame,
  orderOf,
  parseIdfVersion,
} from "../../../core/compat/idfVersion";

const version = (text: string) => {
  const parsed = parseIdfVersion(text);
  if (!parsed) throw new Error(`${text} is no version`);
  return parsed;
};

const checkOrder = (app: string, bootloader: string, expected: IdfOrder): void =>
  expect(orderOf(version(app), version(bootloader))).toBe(expected);

const ANY = Number.POSITIVE_INFINITY;

describe("a version of ESP-IDF", () => {
  it.each([
    ["v3.3.5-1-g85c43024c", [3, 3, 5, 4, 0, 1]],
    ["v4.4-dev-2313-gc69f0ec32", [4, 4, 0, 0, 0, 2313]],
    ["v4.0-beta1", [4, 0, 0, 2, 1, 0]],
    ["v4.4-beta1-189-ga79dc75f0a", [4, 4, 0, 2, 1, 189]],
    ["v5.0-rc", [5, 0, 0, 3, 0, 0]],
    ["v4.3.2", [4, 3, 2, 4, 0, 0]],
    ["3.3", [3, 3, 0, 4, 0, 0]],
    ["v4.4.4-dirty", [4, 4, 4, 4, 0, 0]],
    ["v5.1-dev-4557-g6deaefde77-dirty", [5, 1, 0, 0, 0, 4557]],
  ])("%s is one place", (text, place) => {
    expect(version(text)).toEqual({ text, low: place, high: place });
  });

  it.each([
    ["v5.1.4+", [5, 1, 4, 4, 0, 0], [5, 1, 4, 4, 0, ANY]],
    ["v5.5.1.251017", [5, 5, 1, 4, 0, 0], [5, 5, 1, 4, 0, ANY]],
    ["v4.2.x", [4, 2, 0, 4, 0, 0], [4, 2, ANY, 4, 0, ANY]],
    ["v4.4-dev", [4, 4, 0, 0, 0, 0], [4, 4, 0, 0, 0, ANY]],
    ["v4.4-beta1+", [4, 4, 0, 2, 1, 0], [4, 4, 0, 2, 1, ANY]],
    ["v4.4.4-of-our-own", [4, 4, 4, 4, 0, 0], [4, 4, 4, 4, 0, ANY]],
  ])("%s stays open", (text, low, high) => {
    expect(version(text)).toEqual({ text, low, high });
  });

  it.each([
    "",
    "v5",
    "9e627e7-dirty",
    "HEAD-HASH-NOTFOUND",
    "qa-test-v4.3-20201113",
    "v4.4foo",
    "v4.x",
    "four",
  ])("%j is none", (text) => {
    expect(parseIdfVersion(text)).toBeUndefined();
  });

  it("is asked of any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^v?\d{1,5}\.\d{1,5}[-.+\w]*$/)), (text) => {
        const parsed = parseIdfVersion(text);
        expect(parsed === undefined || majorOf(parsed) !== undefined).toBe(true);
      }),
    );
  });
});

describe("the order of app and bootloader", () => {
  it.each<[string, string, IdfOrder]>([
    ["v3.3.5", "v3.3.5", "at-least"],
    ["v4.4.8", "v4.4.7", "at-least"],
    ["v4.4", "v4.4-beta1", "at-least"],
    ["v4.4-beta1", "v4.4-dev-3569-g6a7d83af19", "at-least"],
    ["v4.4-rc1", "v4.4-beta1-189-ga79dc75f0a", "at-least"],
    ["v4.2.x", "v4.2", "at-least"],
    ["v5.0", "v4.2.x", "at-least"],
    ["v5.1.5", "v5.1.4+", "at-least"],
    ["v3.3.5-1-g85c43024c", "v3.3.5", "at-least"],
    ["v3.3.4", "v3.3.4-432-g7a85334d8", "commits"],
    ["v5.1.4", "v5.1.4+", "commits"],
    ["v5.1.4+", "v5.1.4+", "commits"],
    ["v5.5.1", "v5.5.1.251017", "commits"],
    ["v3.3.2", "v3.3.5", "older"],
    ["v3.3.9", "v4.0-beta1", "older"],
    ["v4.4-dev-2313-gc69f0ec32", "v4.4-dev-3513-g142bb32c", "older"],
    ["v4.4-dev-2313-gc69f0ec32", "v4.4", "older"],
    ["v5.1.3", "v5.1.4+", "older"],
    ["v4.1.4", "v4.2.x", "older"],
    ["v4.2.x", "v4.2.2", "unknown"],
    ["v4.2.2", "v4.2.x", "unknown"],
    ["v4.4-dev", "v4.4-dev-2313-gc69f0ec32", "unknown"],
  ])("an app of %s to a bootloader of %s: %s", checkOrder);

  it("never calls both older", () => {
    const part = fc.nat(3);
    const some = fc
      .tuple(part, part, part, fc.constantFrom("", "-dev", "-beta1", "-rc2", "-5-gabc", "+", "-dirty"))
      .map(([a, b, c, suffix]) => version(`v${a}.${b}.${c}${suffix}`));
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(orderOf(a, b) === "older" && orderOf(b, a) !== "at-least").toBe(false);
        expect(mayBeSame(a, b)).toBe(mayBeSame(b, a));
      }),
    );
  });
});

describe("bounds", () => {
  it.each([
    ["v5.0", "v5.2", "v5.0 or later, but before v5.2", 5],
    ["v4.1.2", "v5.0", "v4.1.2 or later, but before v5.0", 4],
    [undefined, "v5.2", "before v5.2", undefined],
    ["v5.2", undefined, "v5.2 or later", undefined],
    ["v3.1", "v3.3.1", "v3.1 or later, but before v3.3.1", 3],
  ])("from %s to before %s", (atLeast, before, text, major) => {
    const bounds = idfVersionBetween(atLeast, before);
    expect(bounds?.text).toBe(text);
    expect(bounds && majorOf(bounds)).toBe(major);
    for (const inside of [atLeast].filter((one) => one !== undefined))
      expect(bounds && mayBeSame(bounds, version(inside))).toBe(true);
    for (const outside of [before].filter((one) => one !== undefined))
      expect(bounds && mayBeSame(bounds, version(outside))).toBe(false);
  });

  it("tell nothing where there are none", () => {
    expect(idfVersionBetween(undefined, undefined)).toBeUndefined();
  });
});

test.each([
  ["v3.3.5", "v3.3.5"],
  ["v3.3.4-432-g7a85334d8", "v3.3.5"],
  ["v4.4-dev-2313-gc69f0ec32", "v4.4"],
  ["v5.1.4+", "v5.1.5"],
  ["v4.2.0", "v4.2"],
  ["v4.2.x", undefined],
])("the first release from %s on is %s", (text, release) => {
  expect(firstReleaseFrom(version(text))).toBe(release);
});
