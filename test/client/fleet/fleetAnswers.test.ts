import { expect, test } from "vitest";
import { devicesFault, devicesOf, rateFault, rateOf } from "../../../client/fleet/fleetAnswers";

test.each([
  ["", "none"],
  ["  ", "none"],
  [" 300 ", 300],
  ["1000000", 1_000_000],
  ["0", undefined],
  ["1000001", undefined],
  ["1e3", undefined],
  ["many", undefined],
] as const)("'%s' devices", (text, count) => {
  expect(devicesOf(text)).toBe(count);
  expect(devicesFault(text) === undefined).toBe(count !== undefined);
});

test.each([
  ["0", 0],
  [" 0.1", 0.1],
  ["0,5", 0.5],
  ["", undefined],
  ["-1", undefined],
  ["often", undefined],
] as const)("'%s' cuts a day", (text, rate) => {
  expect(rateOf(text)).toBe(rate);
  expect(rateFault(text) === undefined).toBe(rate !== undefined);
});
