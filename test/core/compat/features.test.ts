import { expect, test } from "vitest";
import type { IdfFeature } from "../../../core/compat/data/features";
import { hasFeature } from "../../../core/compat/features";
import { idfVersionBetween, parseIdfVersion } from "../../../core/compat/idfVersion";

/** "v4.4", or "v5.0..v5.2" for bounds. */
const check = (feature: IdfFeature, text: string, expected: boolean | undefined): void => {
  const [from, to] = text.split("..");
  const version =
    to === undefined ? parseIdfVersion(text) : idfVersionBetween(from || undefined, to || undefined);
  expect(version && hasFeature(feature, version)).toBe(expected);
};

test.each<[IdfFeature, string, boolean | undefined]>([
  ["md5-row", "v3.0.9", false],
  ["md5-row", "v3.1", true],
  ["md5-row", "v3.1-dev-396-g3ede9f01", undefined],
  ["md5-row", "v3.2-dev-498-g30545f4c", true],
  ["md5-row", "..v3.1", false],
  ["md5-row", "v3.1..v5.2", true],
  ["md5-row", "..v5.2", undefined],
  ["rollback", "v3.2.5", false],
  ["rollback", "v3.3", true],
  ["app-needs-md5-row", "v3.3.5", false],
  ["app-needs-md5-row", "v3.3.5-1-g85c43024c", undefined],
  ["app-needs-md5-row", "v3.3.6", true],
  ["app-needs-md5-row", "v4.0.2", false],
  ["app-needs-md5-row", "v4.0.3", true],
  ["app-needs-md5-row", "v4.2", false],
  ["app-needs-md5-row", "v4.2.x", undefined],
  ["app-needs-md5-row", "v4.3", false],
  ["app-needs-md5-row", "v4.3.1", true],
  ["app-needs-md5-row", "v4.4-dev-2313-gc69f0ec32", undefined],
  ["app-needs-md5-row", "v5.5.1.251017", true],
  ["app-needs-md5-row", "v3.3.6..v4.2.2", undefined],
  ["app-needs-md5-row", "v4.4..", true],
  ["chip-revision-limits", "v4.4.4", false],
  ["chip-revision-limits", "v4.4.5", true],
  ["chip-revision-limits", "v5.0", false],
  ["chip-revision-limits", "v5.0.1", true],
  ["chip-revision-limits", "v4.4.5..v5.2", undefined],
  ["chip-revision-limits", "v4.4..v5.0.1", undefined],
  ["bootloader-descriptor", "v5.1.4+", false],
  ["bootloader-descriptor", "v5.2", true],
])("%s in %s: %s", check);
