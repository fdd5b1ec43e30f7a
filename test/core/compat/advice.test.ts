import { describe, expect, it } from "vitest";
import { type Advice, advise } from "../../../core/compat/advice";
import { bootloaderVersion } from "../../../core/compat/bootloaderVersion";
import type { VersionRule } from "../../../core/compat/pair";
import { chipOf, claimsOf, versionOf } from "./questions";

const adviceFor = (bootloader: string, rule: VersionRule = "strict"): Advice =>
  advise({ bootloader: bootloaderVersion(claimsOf(bootloader)), rule, chip: chipOf("esp32") });

/** "1.14 v3.3.2", with a * where it has to be built. */
const fitsOf = ({ fits }: Advice): string =>
  fits.map(({ release, idf, download }) => `${release} ${idf}${download ? "" : "*"}`).join(", ");

describe("which releases fit a bootloader", () => {
  it.each([
    ["v3.3.2", "1.14 v3.3.2, 1.13 v3.3.2, 1.12 v3.3.2*"],
    ["arduino 1.0.4", "1.14 v3.3.2, 1.13 v3.3.2, 1.12 v3.3, 1.11 v3.3-beta1-268-g5c88c599"],
    [
      "v4.2.2",
      "1.20.0 v4.2.2*, 1.19.1 v4.2.2*, 1.19 v4.2.2*, 1.18 v4.4-dev-3513-g142bb32c*, 1.17 v4.3*, 1.16 v4.3-beta2*, 1.15 v4.3-beta2*",
    ],
    [
      "v5.2.2",
      "master v5.5.5, 1.28.0 v5.3*, 1.27.0 v5.2.2*, 1.26.1 v5.4.2, 1.26.0 v5.4.2, 1.25.0 v5.2.2, 1.24.1 v5.2.2, 1.24.0 v5.2.2",
    ],
  ])("%s: %s", (bootloader, fits) => {
    const advice = adviceFor(bootloader);
    expect(fitsOf(advice)).toBe(fits);
    expect(advice.sentence).toContain(`fit a bootloader of ESP-IDF v`);
    expect(advice.port).toBeUndefined();
  });
});

describe("what to port where none fits", () => {
  it.each([
    ["v3.3.5", "1.14", "v3.3.2", "v3.3.5"],
    ["arduino 1.0.6", "1.14", "v3.3.2", "v3.3.5"],
    ["arduino 1.0.5", "1.14", "v3.3.2", "v3.3.5"],
    ["arduino 2.0.17", "1.20.0", "v4.4", "v4.4.7"],
    ["arduino 2.0.4", "1.20.0", "v4.4", "v4.4.2"],
    ["v6.0", "1.28.0", "v5.5.1", "v6.0"],
  ])("%s: %s from %s to %s", (bootloader, release, from, to) => {
    const advice = adviceFor(bootloader);
    expect(advice.port).toEqual({ release, from, to });
    expect(advice.fits).toEqual([]);
    expect(advice.sentence).toContain(`Port MicroPython ${release} from ESP-IDF ${from} to ${to}.`);
  });

  it("is what the published procedure did, and then it is cited", () => {
    const cites = (bootloader: string) =>
      adviceFor(bootloader).evidence.some(({ sentence }) => sentence.includes("its authors ported"));
    expect([cites("arduino 1.0.6"), cites("v3.3.5"), cites("arduino 2.0.17")]).toEqual([true, true, false]);
  });

  it("under the looser rule the risky ones are named, too", () => {
    const { fits, sentence } = adviceFor("v3.3.5", "documented");
    expect(fits.every(({ verdict }) => verdict === "risky")).toBe(true);
    expect(sentence).toMatch(/Risky, but not refused: master, 1\.28\.0,.* 1\.12\. Port MicroPython 1\.14 /);
    expect(adviceFor("v3.3.5").sentence).not.toContain("Risky");
  });

  it("would be supported once it is done", () => {
    for (const bootloader of ["arduino 1.0.5", "arduino 1.0.6", "arduino 2.0.4", "arduino 2.0.17", "v6.0"]) {
      const { port } = adviceFor(bootloader);
      expect(versionOf(bootloader, `image ${port?.to}`).reason.verdict).toBe("supported");
    }
  });

  it("stands beside what the documented rule lets pass", () => {
    const advice = adviceFor("v3.3.5", "documented");
    expect(advice.port).toMatchObject({ release: "1.14" });
    expect(new Set(advice.fits.map(({ verdict }) => verdict))).toEqual(new Set(["risky"]));
    expect(advice.fits.map(({ release }) => release)).toContain("1.15");
  });
});

describe("no advice is given on what is not known", () => {
  it.each(["nothing", "arduino 9.9.9", "arduino 1.0.3", "arduino 3.1.0"])("%s", (bootloader) => {
    expect(adviceFor(bootloader)).toMatchObject({ fits: [], port: undefined });
    expect(adviceFor(bootloader).sentence).toMatch(/not known/);
  });

  it("nor where two statements differ", () => {
    const bootloader = bootloaderVersion({ arduino: "1.0.6", idf: "v4.4" });
    expect(advise({ bootloader, rule: "strict" })).toMatchObject({ fits: [], port: undefined });
  });

  it.each([
    ["v2.1", /newer major version/],
    ["v5.5.x", /to know its ESP-IDF exactly/],
  ])("nor is a port to %s", (bootloader, words) => {
    const advice = adviceFor(bootloader);
    expect(advice.port).toBeUndefined();
    expect(advice.sentence).toMatch(words);
  });
});
