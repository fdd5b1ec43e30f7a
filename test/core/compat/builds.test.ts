import { describe, expect, it } from "vitest";
import { bootloaderVersion } from "../../../core/compat/bootloaderVersion";
import { type CompatApp, compatApp } from "../../../core/compat/builds";
import { versionReason } from "../../../core/compat/versionReason";
import { inspectImage } from "../../../core/image/inspect";
import { makeApp, makeMicroPython } from "../../support/imageFixture";

describe("an app that was read from a file", () => {
  const read = (bytes: Uint8Array) => {
    const report = inspectImage(bytes);
    if (report.kind !== "app") throw new Error(report.kind);
    return compatApp(report.app);
  };

  it("brings release, chip and ESP-IDF along", () => {
    expect(read(makeMicroPython({ idfVersion: "v5.0.4" }))).toMatchObject({
      release: "1.23.0",
      image: { chip: { id: "esp32" }, idfVersion: "v5.0.4", minChipRevision: 0, maxChipRevision: undefined },
    });
  });

  it("counts more than what its release is usually built with", () => {
    const bootloader = bootloaderVersion({ idf: "v5.0.5" });
    const verdictOf = (app: CompatApp) => versionReason({ bootloader, app, rule: "strict" }).reason.verdict;
    const built = read(makeMicroPython({ idfVersion: "v5.0.4" }));
    expect(verdictOf(built)).toBe("refused");
    const silent = read(makeMicroPython({ descriptor: "none" }));
    expect(verdictOf(silent)).toBe("supported");
  });

  it("may be any app", () => {
    expect(read(makeApp({ idfVersion: "v4.4.4-dirty" }))).toMatchObject({
      release: undefined,
      image: { idfVersion: "v4.4.4-dirty" },
    });
  });
});
