import { describe, expect, it, test } from "vitest";
import { blankEntry, decodeOtadata, type OtaData, OtaState, otaEntry } from "../../../core/ota/otadata";
import type { BootloaderModel } from "../../../core/sim/boot/model";
import { readFlash, sameContent } from "../../../core/sim/flash/flash";
import { images, OTADATA, SLOT_0, SLOT_1 } from "../support/deviceFixture";
import { both, plain, start } from "../support/starts";

const rollback: BootloaderModel = { kind: "rollback", idfVersion: "v4.4.4" };

describe("what a bootloader writes to otadata", () => {
  const trial = otaEntry(2, OtaState.new);
  const pending = otaEntry(2, OtaState.pendingVerify);
  const aborted = otaEntry(2, OtaState.aborted);
  const after = (otadata: OtaData | undefined, model: BootloaderModel) => {
    const { before, flash, app } = start({ apps: both, ...(otadata ? { otadata } : {}) }, model);
    const decoded = decodeOtadata(readFlash(flash, OTADATA, 0x2000));
    if (!decoded.ok) throw new Error(decoded.message);
    return {
      states: decoded.value.map(({ seq, state }) => [seq, state]),
      app: app?.offset,
      isSame: sameContent(before, flash),
    };
  };
  const BLANK = 0xffffffff;

  it.each<{
    what: string;
    otadata: OtaData | undefined;
    model: BootloaderModel;
    states: number[][];
    app: number;
  }>([
    {
      what: "an update begins its trial",
      otadata: [otaEntry(1), trial],
      model: rollback,
      states: [
        [1, BLANK],
        [2, 1],
      ],
      app: SLOT_1,
    },
    {
      what: "an update that did not confirm itself has failed",
      otadata: [otaEntry(1), pending],
      model: rollback,
      states: [
        [1, BLANK],
        [2, 4],
      ],
      app: SLOT_0,
    },
    {
      what: "a failed one stays so",
      otadata: [otaEntry(1), aborted],
      model: rollback,
      states: [
        [1, BLANK],
        [2, 4],
      ],
      app: SLOT_0,
    },
    {
      what: "one fails and the next begins",
      otadata: [otaEntry(3, OtaState.new), pending],
      model: rollback,
      states: [
        [3, 1],
        [2, 4],
      ],
      app: SLOT_0,
    },
    {
      what: "nothing without rollback",
      otadata: [otaEntry(1), trial],
      model: plain,
      states: [
        [1, BLANK],
        [2, 0],
      ],
      app: SLOT_1,
    },
    {
      what: "nothing of a trial without rollback",
      otadata: [otaEntry(1), pending],
      model: plain,
      states: [
        [1, BLANK],
        [2, 1],
      ],
      app: SLOT_1,
    },
    {
      what: "the first entry",
      otadata: undefined,
      model: plain,
      states: [
        [1, 2],
        [BLANK, BLANK],
      ],
      app: SLOT_0,
    },
    {
      what: "no first entry before v3.3",
      otadata: undefined,
      model: { kind: "stateless", idfVersion: "v3.2" },
      states: [
        [BLANK, BLANK],
        [BLANK, BLANK],
      ],
      app: SLOT_0,
    },
  ])("$what", ({ otadata, model, states, app }) => {
    const result = after(otadata, model);
    expect(result).toMatchObject({ states, app });
    const before = (otadata ?? [blankEntry, blankEntry]).map(({ seq, state }) => [seq, state]);
    expect(result.isSame).toBe(JSON.stringify(before) === JSON.stringify(states));
  });

  test("the first entry names the slot that has loaded, not the one that was tried first", () => {
    const { flash, app } = start({ apps: [[SLOT_1, images.firmware.bytes]] });
    expect(app?.offset).toBe(SLOT_1);
    expect(readFlash(flash, OTADATA, 1)).toEqual(Uint8Array.of(2));
  });
});
