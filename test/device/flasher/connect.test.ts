import { expect, test, vi } from "vitest";
import { type ChipId, chipById } from "../../../core/chip/targets";
import type { BoardIdentity } from "../../../core/job/board";
import type { ConnectOptions } from "../../../device/flasher";
import type { BoardFaultKind } from "../../../device/flasher/fault";
import type { BoardPort } from "../../../device/port";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { COMMAND } from "../../../device/virtualBoard/packet";
import { pattern } from "../../support/bytes";
import { connect, faultOf } from "../support/faultRun";
import { SMALL_FLASH, smallJob } from "../support/jobs";
import { portWith, reopening, upTo, withoutLines } from "../support/oddPorts";
import { recordRun } from "../support/packetStarts";

const checkIdentity = async (
  board: VirtualBoardOptions,
  identity: object,
  options: ConnectOptions = {},
): Promise<void> => {
  const { port, running } = virtualBoard(board);
  const connected = await connect(port, options);
  const { chip, ...rest } = connected.identity;
  expect({ chip: chip.id, ...rest }).toEqual({
    mac: "24:0a:c4:00:00:01",
    flashId: 0x1640c8,
    flashSize: 0x400000,
    security: { flashEncryption: "off", secureBoot: "off" },
    ...identity,
  });
  expect(running()).toBe("stub");
  await connected.close();
};

const CHIPS: readonly [chip: ChipId, revision: number][] = [
  ["esp32", 0],
  ["esp32", 301],
  ["esp32s2", 1],
  ["esp32s2", 109],
  ["esp32s3", 2],
  ["esp32s3", 109],
  ["esp32c3", 4],
  ["esp32c3", 111],
  ["esp32c6", 2],
  ["esp32c6", 102],
];

test.each(
  CHIPS.flatMap(([chip, revision]) =>
    (["usb bridge", "usb serial jtag"] as const).map((connection) => ({ chip, revision, connection })),
  ),
)("$chip v$revision over $connection", ({ chip, revision, connection }) =>
  checkIdentity({ chip, revision, connection }, { chip, revision }),
);

const SECURE: readonly { what: string; board: VirtualBoardOptions; encryption: string; boot: string }[] = [
  { what: "nothing", board: {}, encryption: "off", boot: "off" },
  { what: "flash encryption", board: { security: { flashEncryption: true } }, encryption: "on", boot: "off" },
  { what: "secure boot v1", board: { security: { secureBoot: "v1" } }, encryption: "off", boot: "on" },
  { what: "secure boot v2", board: { security: { secureBoot: "v2" } }, encryption: "off", boot: "on" },
  {
    what: "secure boot and flash encryption on a C3",
    board: { chip: "esp32c3", security: { secureBoot: "v2", flashEncryption: true } },
    encryption: "on",
    boot: "on",
  },
  {
    what: "flash encryption on an S2",
    board: { chip: "esp32s2", security: { flashEncryption: true } },
    encryption: "on",
    boot: "off",
  },
];

test.each(SECURE)("fuses: $what", async ({ board, encryption, boot }) => {
  const connected = await connect(virtualBoard(board).port);
  expect(connected.identity.security).toEqual({ flashEncryption: encryption, secureBoot: boot });
  await connected.close();
});

test.each([0x40000, 0x100000, 0x200000, 0x400000, 0x800000, 0x1000000])(
  "a flash chip of %i bytes",
  async (flashSize) => {
    const connected = await connect(virtualBoard({ flashSize }).port);
    expect(connected.identity.flashSize).toBe(flashSize);
    await connected.close();
  },
);

/** The stub answers at this rate. */
const checkRate = async (port: BoardPort, options: ConnectOptions, rate: number): Promise<void> => {
  const connected = await connect(port, options);
  expect(connected.baudRate()).toBe(rate);
  expect(await connected.md5({ address: 0, size: 0x1000 })).toMatch(/^[0-9a-f]{32}$/);
  await connected.close();
};

test.each([
  { what: "the usual rate", asked: undefined, fastest: Infinity, rate: 921600 },
  { what: "another rate", asked: 1_500_000, fastest: Infinity, rate: 1_500_000 },
  { what: "a slow rate", asked: 57600, fastest: Infinity, rate: 57600 },
  { what: "a bridge that does the usual rate", asked: 2_000_000, fastest: 1_000_000, rate: 921600 },
  { what: "a bridge that is too slow", asked: undefined, fastest: 500_000, rate: 460800 },
  { what: "a slower bridge", asked: undefined, fastest: 300_000, rate: 230400 },
  { what: "a very slow bridge", asked: undefined, fastest: 150_000, rate: 115200 },
  { what: "a rate between", asked: 300_000, fastest: 250_000, rate: 230400 },
])("$what: $rate", ({ asked, fastest, rate }) =>
  checkRate(upTo(virtualBoard().port, fastest), { baudRate: asked }, rate),
);

test("a bridge that rejects a rate gets a slower one", () => {
  const { port } = virtualBoard();
  const setBaudRate = async (rate: number) => {
    if (rate > 500_000) throw new Error("Invalid baud rate");
    await port.setBaudRate?.(rate);
  };
  return checkRate(portWith(port, { setBaudRate }), {}, 460800);
});

test("a port that changes its rate by closing and opening", () =>
  checkRate(reopening(virtualBoard().port), {}, 921600));

test("a stub that was left at a fast rate is found there, without a reset and without lines", async () => {
  const board = virtualBoard();
  const first = await connect(board.port);
  await first.close();
  const { resets } = board.counters();
  await checkRate(withoutLines(board.port), { start: "none" }, 921600);
  expect(board.counters().resets).toBe(resets);
  expect(board.running()).toBe("stub");
});

test("a board that waits in its loader is connected without lines", async () => {
  const board = virtualBoard();
  await board.port.open({ baudRate: 115200 });
  for (const [dataTerminalReady, requestToSend] of [
    [false, true],
    [true, false],
    [false, false],
  ] as const) {
    await board.port.setSignals({ dataTerminalReady, requestToSend });
    await new Promise(setImmediate);
  }
  await board.port.close();
  await checkRate(withoutLines(board.port), { start: "none" }, 921600);
});

const shown = (chip: ChipId, mac: string): BoardIdentity => ({
  chip: chipById(chip) ?? expect.unreachable(),
  mac,
  revision: undefined,
  flashSize: undefined,
  flashId: undefined,
  security: { flashEncryption: "off", secureBoot: "off" },
});

const checkFault = async (
  port: BoardPort,
  options: ConnectOptions,
  kind: BoardFaultKind,
  message: RegExp,
): Promise<void> => {
  const fault = await faultOf(connect(port, options));
  expect(fault?.kind).toBe(kind);
  expect(fault?.message).toMatch(message);
  expect(fault?.outcomes).toEqual([]);
};

const MAC = "24:0a:c4:00:00:01";

test.each([
  { what: "another board", board: {}, expected: shown("esp32", "24:0a:c4:00:00:02") },
  { what: "another chip", board: { chip: "esp32c3" }, expected: shown("esp32", MAC) },
  {
    what: "a board that was changed under the hand",
    board: { faults: [{ kind: "other-board", atReset: 1, mac: "24:0a:c4:00:00:02" }] },
    expected: shown("esp32", MAC),
  },
] satisfies { what: string; board: VirtualBoardOptions; expected: BoardIdentity }[])(
  "$what is refused and left alone",
  async ({ board, expected }) => {
    const { port, counters, running } = virtualBoard(board);
    await checkFault(port, { expected }, "other-board", /was chosen\. Nothing was written\./);
    expect(counters()).toMatchObject({ programmedBytes: 0, erasedSectors: 0 });
    expect(running()).toBe("rom");
    expect(port.readable).toBeNull();
  },
);

test("the board that was shown is taken, also in capitals", async () => {
  const connected = await connect(virtualBoard().port, { expected: shown("esp32", MAC.toUpperCase()) });
  await connected.close();
});

/** While the rate is tried, another reset happens. */
test("a board that is changed between two resets is refused", () => {
  const faults = [{ kind: "other-board", atReset: 2, mac: "24:0a:c4:00:00:02" }] as const;
  return checkFault(upTo(virtualBoard({ faults }).port, 500_000), {}, "other-board", /24:0a:c4:00:00:02/);
});

test("secure download mode is refused", () =>
  checkFault(
    virtualBoard({ chip: "esp32c3", security: { secureDownload: true } }).port,
    {},
    "refused",
    /The ESP32-C3 is in secure download mode/,
  ));

test("secure download mode of an S2 is refused", () =>
  checkFault(
    virtualBoard({ chip: "esp32s2", security: { secureDownload: true } }).port,
    {},
    "refused",
    /The ESP32-S2 is in secure download mode/,
  ));

test("a port that somebody uses is busy", async () => {
  const { port } = virtualBoard();
  await port.open({ baudRate: 115200 });
  const fault = await faultOf(connect(port));
  expect(fault?.kind).toBe("busy");
  expect(port.readable).not.toBeNull();
});

test("a port without a board is gone", () => {
  const board = virtualBoard();
  board.unplug();
  return checkFault(
    board.port,
    {},
    "gone",
    /^The port cannot be opened: Failed to open serial port\. Check the cable/,
  );
});

test("a board that runs and cannot be reset does not answer", () =>
  checkFault(
    withoutLines(virtualBoard().port),
    {},
    "no-answer",
    /which cannot reset it either\. Hold the BOOT button/,
  ));

test("a board that answers nothing does not answer", () => {
  const faults = [{ kind: "drop", direction: "down", at: 0, count: Infinity }] as const;
  return checkFault(
    virtualBoard({ faults }).port,
    {},
    "no-answer",
    /^No board answers on this port\. Hold its BOOT/,
  );
});

test("connecting can be stopped before anything happens", async () => {
  const board = virtualBoard();
  await checkFault(
    board.port,
    { signal: AbortSignal.abort() },
    "cancelled",
    /^Connecting was stopped\. Nothing was written\.$/,
  );
  expect(board.counters().resets).toBe(0);
});

test.each(["Uploading stub...", "Stub running..."])("connecting can be stopped at %s", async (line) => {
  const stop = new AbortController();
  const onLog = (text: string) => {
    if (text === line) stop.abort();
  };
  const { port } = virtualBoard();
  await checkFault(port, { signal: stop.signal, onLog }, "cancelled", /^Connecting was stopped/);
  expect(port.readable).toBeNull();
});

test("what esptool-js says goes to the log and nowhere else", async () => {
  const output = vi.spyOn(console, "log");
  const lines: string[] = [];
  const connected = await connect(virtualBoard().port, { onLog: (line) => lines.push(line) });
  await connected.close();
  expect(lines).toContain("Stub running...");
  expect(lines.at(-1)).toBe("Connected to ESP32 24:0a:c4:00:00:01 at 921600 bits per second.");
  expect(output).not.toHaveBeenCalled();
  output.mockRestore();
});

test("a board with native USB takes its port away with the reset, and is found when it is back", async () => {
  const board = virtualBoard({ flash: pattern(0x1000, 1) });
  let resets = 0;
  const port = portWith(board.port, {
    async setSignals(signals) {
      await board.port.setSignals(signals);
      if (signals.dataTerminalReady || signals.requestToSend || resets++ > 0) return;
      await new Promise(setImmediate);
      await board.port.close();
    },
  });
  const connected = await connect(port);
  expect(board.running()).toBe("stub");
  await connected.close();
});

test("the stub is told the size of the flash", async () => {
  const { connecting } = await recordRun(smallJob, { flashSize: SMALL_FLASH });
  expect(connecting.at(-1)?.command).toBe(COMMAND.spiSetParams);
});
