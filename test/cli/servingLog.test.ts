import { describe, expect, it } from "vitest";
import { logFile } from "../../cli/serving/log";
import { readStepReport } from "../../core/delivery/stepReport";
import { failure, success } from "../../core/result";
import { deviceStore } from "../../device/otaServer/deviceStore";

const report = readStepReport("crossflash: step=reset result=ok");
if (!report.ok) throw new Error(report.message);

/** Writes now and then, each time after a device was heard; `faults` are what the disk says to each write. */
async function kept(faults: readonly (string | undefined)[], duration = 0) {
  const store = deviceStore(10);
  const stop = new AbortController();
  const rests: number[] = [];
  let err = "";
  let writes = 0;
  let now = 0;
  const log = logFile("log.txt", store, [], () => 0, {
    exists: () => false,
    write() {
      now += duration;
      const fault = faults[writes++];
      return fault === undefined ? success(undefined) : failure("unwritable", 0, fault);
    },
    async pause(milliseconds) {
      rests.push(milliseconds);
      const at = rests.length;
      store.hear({
        kind: "reported",
        at,
        device: { address: "10.0.0.1" },
        report: report.ok ? report.value : never(),
      });
      if (at >= faults.length - 1) stop.abort();
    },
    now: () => now,
    out: () => undefined,
    err(text) {
      err += text;
    },
    colours: () => false,
  });
  await log.keep(stop.signal);
  return { err, writes, rests };
}

const never = (): never => {
  throw new Error("no report");
};

describe("the log of served devices", () => {
  it("is written again once the disk takes it, and what keeps it is said once", async () => {
    const { err, writes } = await kept([
      undefined,
      "The disk is full.",
      "The disk is full.",
      undefined,
      undefined,
    ]);
    expect(writes).toBe(5);
    expect(err).toBe("warning: The disk is full. The devices are served all the same.\n");
  });

  it("ends the command where it cannot even be begun", async () => {
    await expect(kept(["There is no such folder."])).rejects.toThrow("There is no such folder.");
  });

  it("leaves time to serve where writing takes long", async () => {
    expect((await kept(Array(4).fill(undefined), 1000)).rests).toEqual([5000, 20_000, 20_000]);
    expect((await kept(Array(4).fill(undefined), 1)).rests).toEqual([5000, 5000, 5000]);
  });
});
