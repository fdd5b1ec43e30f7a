import { describe, expect, it } from "vitest";
import type { LayoutIntent } from "../../core/edit/intent";
import type { SceneRegion } from "../../core/picture/scene";
import type { SnapshotProblem } from "../../protocol/webview";
import {
  dragWords,
  fillWords,
  handleLabel,
  handleValue,
  intentWords,
  regionLabel,
} from "../../webview/words";
import { otaTable, rowsOfText } from "./support/host";

const K = 1024;
const app1: SceneRegion = {
  key: "row-3",
  kind: "partition",
  role: "app",
  row: 3,
  name: "app1",
  kindText: "app, ota_1",
  offset: 0x150000,
  size: 0x180000,
  overlaps: [],
  isRunning: false,
};
const app0: SceneRegion = { ...app1, key: "row-2", name: "app0", offset: 0x10000, size: 0x140000 };
const fill = { used: 0x180000 - 104 * K, left: 104 * K, isTarget: true };
const problem = (message: string): SnapshotProblem => ({
  id: "micropython-margin",
  severity: "information",
  message,
  fixes: [],
});

describe("a region in words", () => {
  const checkLabel = (
    region: Partial<SceneRegion>,
    words: string,
    problems: readonly SnapshotProblem[] = [],
  ) => expect(regionLabel({ ...app1, ...region }, undefined, problems)).toBe(words);
  const plain = "app1, app ota_1, 1.5 MB from 0x150000 to 0x2d0000.";

  it("says where it lies", () => checkLabel({}, plain));
  it("says what MicroPython does with it, and what is wrong", () =>
    checkLabel({ fill }, `${plain} MicroPython fills 93.2 %, 104 KB free. 1 problem: Leave more room.`, [
      problem("Leave more room."),
    ]));
  it("says only the worst of many problems", () =>
    checkLabel({}, `${plain} 2 problems, the worst: A.`, [problem("A."), problem("B.")]));
  it("says what a picture shows by hatching", () =>
    checkLabel(
      {
        overlaps: [{ offset: 0x150000, end: 0x160000 }],
        beyond: { offset: 0x2c0000, end: 0x2d0000 },
        isRunning: true,
      },
      `${plain} The app that migrates the device runs from here. Overlaps another region from 0x150000 to 0x160000. 64 KB of it lie beyond the end of flash.`,
    ));
  it("names no kind where there is none", () =>
    checkLabel(
      { kind: "gap", name: "Unused", kindText: "", offset: 0x3f0000, size: 0x10000 },
      "Unused, 64 KB from 0x3f0000 to 0x400000.",
    ));
  it("ends with what becomes of it", () =>
    expect(
      regionLabel(
        app1,
        {
          kind: "grown",
          name: "app1",
          growth: 1,
          bytesKept: 0,
          bytesLost: 0,
          isFatal: false,
          words: "app1 grows by 256 KB.",
        },
        [],
      ),
    ).toBe(`${plain} app1 grows by 256 KB.`));
});

describe("a fill level in words", () => {
  const checkFill = (left: number, isTarget: boolean, words: string) =>
    expect(fillWords({ size: 0x180000, fill: { used: 0x180000 - left, left, isTarget } })).toBe(words);

  it("is a fact where MicroPython is installed", () => {
    checkFill(104 * K, true, "fills 93.2 %, 104 KB free");
    checkFill(-46 * K, true, "does not fit, 46 KB too large");
  });
  it("is a possibility elsewhere", () => {
    checkFill(104 * K, false, "would fill 93.2 %, 104 KB free");
    checkFill(-46 * K, false, "would not fit, 46 KB too large");
  });
  it("never says full where there is room", () => checkFill(1, true, "fills 99.9 %, 1 byte free"));
  it("is nothing without a binary", () => expect(fillWords({ size: 1 })).toBe(""));
});

describe("a handle in words", () => {
  it("has a name", () =>
    expect((["start", "body", "end"] as const).map((handle) => handleLabel(app0, handle))).toEqual([
      "Beginning of app0",
      "Place of app0",
      "End of app0",
    ]));
  it("says what it means for both sides, in their order", () => {
    const regions = [app0, app1];
    expect(handleValue(app0, "end", regions)).toBe("0x150000, app0 1.25 MB, app1 1.5 MB");
    expect(handleValue(app1, "start", regions)).toBe("0x150000, app0 1.25 MB, app1 1.5 MB");
    expect(handleValue(app0, "body", regions)).toBe("0x10000, app0 1.25 MB");
    expect(handleValue(app1, "end", regions)).toBe("0x2d0000, app1 1.5 MB");
    expect(handleValue(app0, "end")).toBe("0x150000, app0 1.25 MB");
  });
});

describe("a drag in words", () => {
  it("says where the handle is now", () => {
    expect(dragWords("end", app0, [app1])).toBe("app0 ends at 0x150000: app0 1.25 MB, app1 1.5 MB");
    expect(dragWords("start", app1, [app0])).toBe("app1 begins at 0x150000: app0 1.25 MB, app1 1.5 MB");
    expect(dragWords("end", { ...app0, name: "" })).toBe("(no name) ends at 0x150000: (no name) 1.25 MB");
    expect(dragWords("body", app0)).toBe("app0 lies from 0x10000 to 0x150000");
  });
});

describe("a change in words", () => {
  const rows = rowsOfText(otaTable);
  const checkWords = (intent: LayoutIntent, words: string) => expect(intentWords(intent, rows)).toBe(words);

  it("says what has become of each row", () => {
    checkWords(
      { kind: "place", places: [{ row: 4, offset: 0x290000, size: 0x170000 }] },
      "vfs lies from 0x290000 to 0x400000, 1.44 MB",
    );
    checkWords(
      { kind: "add", name: "log", type: "data", subtype: "", offset: 0x390000, size: 0x70000 },
      "log added from 0x390000 to 0x400000, 448 KB",
    );
    checkWords({ kind: "delete", row: 4 }, "vfs deleted");
    checkWords({ kind: "reorder", row: 4, before: 2 }, "vfs moved before app0");
    checkWords({ kind: "reorder", row: 0, before: null }, "nvs moved to the end of the table");
    checkWords({ kind: "delete", row: 9 }, "(no name) deleted");
  });
  it("says what was typed into which field", () => {
    const checkTyped = (cells: Extract<LayoutIntent, { kind: "write" }>["cells"], words: string) =>
      checkWords({ kind: "write", row: 3, cells }, words);
    checkTyped({ name: "main" }, "app1 is now called main");
    checkTyped({ name: "" }, "app1 has no name now");
    checkTyped({ size: "1M" }, "size of app1 is now 1M");
    checkTyped({ offset: "" }, "offset of app1 is now blank");
    checkTyped({ flags: "encrypted" }, "flags of app1 are now encrypted");
    checkTyped({ subtype: "nvs", type: "data" }, "type of app1 is now data; subtype of app1 is now nvs");
  });
});
