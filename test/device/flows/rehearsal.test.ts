import { describe, expect, test } from "vitest";
import { noCuts } from "../../../core/rehearsal/cuts";
import { rehearse } from "../../../device/flows/rehearsal";
import { rehearsalDesk } from "../support/rehearsalDesk";
import { rehearsalOf } from "../support/rehearsed";

describe("try", () => {
  test.each(["app0", "app1"])("from %s", async (start) => {
    const desk = rehearsalDesk();
    const { runs } = await rehearse(await rehearsalOf(), { start, cuts: noCuts, runs: 1 }, desk);
    console.log(JSON.stringify(runs, undefined, 1), desk.told);
    expect(runs[0]?.result).toEqual({ isPassed: true, reasons: [] });
  });
});
