import { expect, it } from "vitest";
import { bootloaderVersion } from "../../../core/compat/bootloaderVersion";
import type { CompatImage } from "../../../core/compat/builds";
import type { Verdict } from "../../../core/compat/evidence";
import { repartitionerReason, withRepartitioner } from "../../../core/compat/repartitioner";
import { type CompatQuestion, verdict } from "../../../core/compat/verdict";
import { chipOf, image, question } from "./questions";

const idf = (text: string) => ({ bootloader: bootloaderVersion({ idf: text }) });

it.each<[string, Partial<CompatQuestion>, Partial<CompatImage>, Verdict, RegExp]>([
  ["of the same ESP-IDF", idf("v3.3.5"), { idfVersion: "v3.3.5" }, "supported", /is not older than/],
  [
    "older than the bootloader",
    idf("v3.3.5"),
    { idfVersion: "v3.3.2" },
    "refused",
    /Build it with the ESP-IDF/,
  ],
  ["of another major version", idf("v3.3.5"), { idfVersion: "v4.4" }, "refused", /another major version/],
  [
    "of another major version, by the looser rule",
    { ...idf("v3.3.5"), rule: "documented" },
    { idfVersion: "v4.4" },
    "risky",
    /another major version/,
  ],
  ["that does not say its ESP-IDF", idf("v3.3.5"), {}, "unknown", /does not say which ESP-IDF/],
  [
    "under a bootloader that nobody knows",
    { bootloader: bootloaderVersion({}) },
    { idfVersion: "v4.4" },
    "unknown",
    /not known for certain/,
  ],
  [
    "under the bootloader of a core without a source",
    { bootloader: bootloaderVersion({ arduino: "2.0.7" }) },
    { idfVersion: "v4.4.4" },
    "unknown",
    /not known for certain/,
  ],
  [
    "for another chip",
    idf("v3.3.5"),
    { idfVersion: "v3.3.5", chip: chipOf("esp32c3") },
    "refused",
    /^The repartitioner is built for ESP32-C3, but the devices are ESP32\./,
  ],
  [
    "for newer silicon",
    { ...idf("v3.3.5"), chipRevision: 100 },
    { idfVersion: "v3.3.5", minChipRevision: 300 },
    "refused",
    /^The repartitioner needs chip revision v3\.0/,
  ],
])("a repartitioner %s", (_, changes, started, expected, words) => {
  const reason = repartitionerReason(question(changes), image(started));
  expect(reason).toMatchObject({ topic: "repartitioner", verdict: expected });
  expect(reason.sentence).toMatch(words);
  expect(reason.evidence.length).toBeGreaterThan(expected === "unknown" ? -1 : 0);
});

it("makes the whole as bad as itself", () => {
  const asked = question();
  const whole = (idfVersion: string) =>
    withRepartitioner(verdict(asked), asked, image({ idfVersion })).verdict;
  expect(verdict(asked).verdict).toBe("supported");
  expect([whole("v3.0"), whole("unreadable")]).toEqual(["refused", "unknown"]);
});
