import { describe, expect, test } from "vitest";
import type { Progress } from "../../../device/flasher/board";
import { progressMeter } from "../../../device/flows/meter";

const at = (doneBytes: number, changes: Partial<Progress> = {}): Progress => ({
  phase: "write",
  region: "app1",
  doneBytes,
  totalBytes: 1024 * 1024,
  ...changes,
});

/** What is shown last, after these bytes at these milliseconds. */
function checkText(
  text: string,
  readings: readonly (readonly [number, number])[],
  changes?: Partial<Progress>,
) {
  test(text, () => {
    const meter = progressMeter();
    const shown = readings.map(([bytes, now]) => meter(at(bytes, changes), now).text);
    expect(shown.at(-1)).toBe(text);
  });
}

describe("what is shown of progress", () => {
  checkText("Writing app1: 0 bytes of 1 MB", [[0, 0]]);
  checkText("Writing app1: 10 KB of 1 MB", [
    [0, 0],
    [10240, 400],
  ]);
  checkText("Writing app1: 100 KB of 1 MB, 100 KB/s, 10 s left", [
    [0, 0],
    [102400, 1000],
  ]);
  // What is long ago does not count.
  checkText("Writing app1: 210 KB of 1 MB, 2.5 KB/s, 5 min left", [
    [0, 0],
    [200 * 1024, 1000],
    [200 * 1024, 5000],
    [210 * 1024, 9000],
  ]);
  checkText("Writing app1: 100 KB of 1 MB", [
    [102400, 0],
    [102400, 5000],
  ]);
  checkText(
    "Reading: 1 MB of 1 MB, 1 MB/s, 1 s left",
    [
      [0, 0],
      [1024 * 1024, 1000],
    ],
    {
      phase: "read",
      region: "",
    },
  );

  test("the share is that of the whole, and nothing where there is nothing to do", () => {
    const meter = progressMeter();
    expect(meter(at(1024 * 512), 0).share).toBe(0.5);
    expect(meter(at(0, { totalBytes: 0 }), 0).share).toBe(0);
  });
});
