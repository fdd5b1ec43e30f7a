import { describe, expect, it } from "vitest";
import { eraseBoard, eraseRegion } from "../../../core/job/erase";
import { failure } from "../../../core/result";
import { BoardFault } from "../../../device/flasher/fault";
import { findBoard, type MakeJob, type PreparedJob, perform, prepare } from "../../../device/flows/flashFlow";
import { layoutJob } from "../../core/job/boards";
import { blank } from "../../support/bytes";
import { makeBootloader, makeCombined, makeMicroPython } from "../../support/imageFixture";
import { type FakeBoard, fakeBoard } from "../support/fakeBoard";

const ROWS = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x5000 },
  { label: "app", type: 0, subtype: 0, offset: 0x10000, size: 0x100000 },
];
const flash = (): Uint8Array =>
  makeCombined({
    rows: ROWS,
    bootloader: makeBootloader(),
    apps: { app: makeMicroPython() },
    flashOffset: 0,
    size: 0x400000,
  });
const layout: MakeJob = ({ present }) => layoutJob(undefined, { present: present.table });

const shown = async (board: FakeBoard, makeJob = layout): Promise<PreparedJob> => {
  const made = await prepare(board, makeJob);
  if (!made.ok) throw new Error(made.message);
  return made.value;
};
const faultOf = async (work: Promise<unknown>): Promise<BoardFault> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof BoardFault) return error;
  throw new Error(`no fault: ${error}`);
};

describe("before anything is written", () => {
  it("the board is read, and the job made for it", async () => {
    const board = fakeBoard(flash());
    const { identity, state, job, problems } = await shown(board);
    expect(identity.mac).toBe("24:6f:28:00:00:01");
    expect(state.running?.entry.name).toBe("app");
    expect(job.kept.join("\n")).toContain("'nvs' (20 KB at 0x9000) is kept.");
    expect(problems).toEqual([]);
    expect(Buffer.compare(board.flash, flash())).toBe(0);
  });

  it("a job that cannot be made says why", async () => {
    const refused = failure("empty", 0, "There is nothing to do.");
    expect(await prepare(fakeBoard(flash()), () => refused)).toEqual(refused);
  });

  it("nothing is called kept where the whole flash is erased", async () => {
    const unread = fakeBoard(blank(0x400000));
    const { job } = await shown(unread, () => eraseBoard(0x400000));
    expect(job).toMatchObject({ kept: [], lost: [expect.stringContaining("0x0 to 0x400000 is lost")] });
    const most = await shown(unread, () => eraseRegion({ address: 0, size: 0x3ff000 }));
    expect(most.job.kept).toEqual(["Everything else in the flash stays as it is."]);
  });

  it("the flash size that the user states counts where the chip tells none", async () => {
    const told = await findBoard(fakeBoard(flash()), { flashSize: 0x100000 });
    expect(told.identity.flashSize).toBe(0x400000);
    const unknown = await findBoard(fakeBoard(flash(), { flashSize: undefined }), { flashSize: 0x100000 });
    expect(unknown.identity.flashSize).toBe(0x100000);
  });

  it("MicroPython is looked for only where somebody wants to know", async () => {
    const release = async (depth?: "micropython") =>
      (await findBoard(fakeBoard(flash()), { depth })).state.running?.micropython?.version;
    expect(await release()).toBeUndefined();
    expect(await release("micropython")).toBe("v1.23.0");
  });
});

describe("what was shown is done", () => {
  it("to the board that was shown, which is started then", async () => {
    const board = fakeBoard(flash());
    const erase: MakeJob = ({ present }) => eraseRegion({ address: 0x9000, size: 0x1000 }, present.table);
    const { outcomes, restarted } = await perform(board, await shown(board, erase));
    expect({ status: outcomes[0]?.status, restarted }).toEqual({ status: "verified", restarted: true });
    expect(board.flash.subarray(0x9000, 0xa000)).toEqual(blank(0x1000));
    expect(board.counts.restarts).toBe(1);
  });

  it("also where the board does not take the reset afterwards", async () => {
    const board = fakeBoard(flash(), {}, { restart: new BoardFault("no-answer", "No.") });
    expect((await perform(board, await shown(board))).restarted).toBe(false);
  });

  it.each<[what: string, other: Parameters<typeof fakeBoard>[1]]>([
    ["another MAC", { mac: "24:6f:28:00:00:02" }],
    ["another chip", { chip: { ...fakeBoard(flash()).identity.chip, id: "esp32s3" } }],
  ])("but not to one with %s", async (_, changes) => {
    const other = fakeBoard(flash(), changes);
    const job = await shown(fakeBoard(flash()));
    const { kind, message } = await faultOf(perform(other, job));
    expect(kind).toBe("other-board");
    expect(message).toContain("Nothing was written.");
    expect(Buffer.compare(other.flash, flash())).toBe(0);
  });

  it("but not against an error of preflight", async () => {
    const board = fakeBoard(flash(), { security: { flashEncryption: "on", secureBoot: "off" } });
    const job = await shown(board, () => eraseBoard(0x400000));
    const { kind, message } = await faultOf(perform(board, job));
    expect(kind).toBe("refused");
    expect(message).toMatch(/^Nothing was written\. Flash encryption is on/);
    expect(Buffer.compare(board.flash, flash())).toBe(0);
  });
});
