import { ReadableStream, type ReadableStreamDefaultController, WritableStream } from "node:stream/web";
import { afterEach, expect, test, vi } from "vitest";
import { LinkError, LostError } from "../../../device/flasher/linkErrors";
import { BoardTransport } from "../../../device/flasher/transport";
import type { BoardPort } from "../../../device/port";
import { ascii, concat } from "../../support/bytes";
import { turn } from "../support/protocolClient";
import { turnClock } from "../support/turnClock";

afterEach(() => vi.useRealTimers());

/** A port whose other end is the test. */
const testPort = (other: Partial<BoardPort> = {}) => {
  let toHost: ReadableStreamDefaultController<Uint8Array> | undefined;
  const sent: Uint8Array[] = [];
  let closes = 0;
  const streams = {
    readable: null as ReadableStream<Uint8Array> | null,
    writable: null as WritableStream<Uint8Array> | null,
  };
  const newReadable = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        toHost = controller;
      },
    });
  const port: BoardPort = {
    get readable() {
      return streams.readable;
    },
    get writable() {
      return streams.writable;
    },
    async open() {
      streams.readable = newReadable();
      streams.writable = new WritableStream({
        write: (bytes) => {
          sent.push(bytes);
        },
      });
    },
    async close() {
      closes++;
      if (streams.readable?.locked || streams.writable?.locked) throw new TypeError("A stream is locked.");
      streams.readable = null;
      streams.writable = null;
    },
    setSignals: async () => undefined,
    getInfo: () => ({}),
    ...other,
  };
  return {
    port,
    sent,
    closes: () => closes,
    deliver: (...bytes: readonly number[]) => toHost?.enqueue(Uint8Array.from(bytes)),
    end: () => toHost?.close(),
    /** As Web Serial does: a passing error ends the stream, and the next one is fresh. */
    fail(error: Error, fresh: boolean) {
      const broken = toHost;
      if (fresh) streams.readable = newReadable();
      broken?.error(error);
    },
  };
};

const opened = async (other: Partial<BoardPort> = {}) => {
  const end = testPort(other);
  const line = new BoardTransport(end.port, turnClock());
  await line.connect();
  return { ...end, line };
};

const named = (name: string, message = "broken"): Error => Object.assign(new Error(message), { name });

const STREAMS: readonly { what: string; pieces: readonly (readonly number[])[]; packets: number[][] }[] = [
  { what: "a packet", pieces: [[0xc0, 1, 2, 0xc0]], packets: [[1, 2]] },
  { what: "a packet byte by byte", pieces: [[0xc0], [1], [2], [0xc0]], packets: [[1, 2]] },
  { what: "two packets at once", pieces: [[0xc0, 1, 0xc0, 0xc0, 2, 0xc0]], packets: [[1], [2]] },
  { what: "escapes", pieces: [[0xc0, 0xdb, 0xdc, 0xdb, 0xdd, 0xc0]], packets: [[0xc0, 0xdb]] },
  {
    what: "an escape in two pieces",
    pieces: [
      [0xc0, 0xdb],
      [0xdc, 0xc0],
    ],
    packets: [[0xc0]],
  },
  { what: "a boot log in front", pieces: [[...ascii("ets Jul\r\n")], [0xc0, 1, 0xc0]], packets: [[1]] },
  { what: "noise between two", pieces: [[0xc0, 1, 0xc0, 7, 7, 0xc0, 2, 0xc0]], packets: [[1], [2]] },
  { what: "a wrong escape", pieces: [[0xc0, 0xdb, 1, 0xc0, 0xc0, 2, 0xc0]], packets: [[2]] },
];

test.each(STREAMS)("reads $what", async ({ pieces, packets }) => {
  const { line, deliver } = await opened();
  for (const piece of pieces) deliver(...piece);
  await turn();
  const read = [];
  for (const _ of packets) read.push([...(await line.read(1000))]);
  expect(read).toEqual(packets);
  await expect(line.read(1000)).rejects.toThrow(LinkError);
  await line.disconnect();
});

test("who waits for a packet is woken by it", async () => {
  const { line, deliver } = await opened();
  const reading = line.read(1000);
  deliver(0xc0, 5, 0xc0);
  expect([...(await reading)]).toEqual([5]);
  await line.disconnect();
});

test("writes a frame", async () => {
  const { line, sent } = await opened();
  await line.write(Uint8Array.of(1, 0xc0, 0xdb));
  expect([...concat(sent)]).toEqual([0xc0, 1, 0xdb, 0xdc, 0xdb, 0xdd, 0xc0]);
  await line.disconnect();
});

test("what came before is thrown away", async () => {
  const { line, deliver } = await opened();
  deliver(0xc0, 5, 0xc0);
  await turn();
  line.flushInput();
  await expect(line.read(1000)).rejects.toThrow(LinkError);
  await line.disconnect();
});

test.each([
  { what: "breaks", lose: (end: ReturnType<typeof testPort>) => end.fail(named("NetworkError"), false) },
  { what: "ends", lose: (end: ReturnType<typeof testPort>) => end.end() },
])("when the stream $what whoever waits is told at once, and all who come later", async ({ lose }) => {
  const end = testPort();
  const line = new BoardTransport(end.port, turnClock());
  await line.connect();
  const reading = line.read(1000);
  lose(end);
  await expect(reading).rejects.toThrow(LostError);
  await expect(line.read(1000)).rejects.toThrow(LostError);
  await expect(line.write(Uint8Array.of(1))).rejects.toThrow(LostError);
  await line.disconnect();
});

test.each(["BufferOverrunError", "FramingError", "BreakError", "ParityError"])(
  "a %s passes",
  async (name) => {
    const { line, deliver, fail } = await opened();
    fail(named(name), true);
    await turn();
    deliver(0xc0, 5, 0xc0);
    expect([...(await line.read(1000))]).toEqual([5]);
    await line.disconnect();
  },
);

test("a write that fails loses the line", async () => {
  const write = () => Promise.reject(named("NetworkError", "no device"));
  const { line } = await opened({ writable: new WritableStream<Uint8Array>({ write }) });
  await expect(line.write(Uint8Array.of(1))).rejects.toThrow(new LostError("no device"));
  await expect(line.read(1000)).rejects.toThrow(LostError);
  await line.disconnect();
});

test("it opens and closes again and again", async () => {
  const { line, deliver, port, closes } = await opened();
  for (let round = 1; round <= 3; round++) {
    const reading = line.read(1000);
    await line.disconnect();
    await line.disconnect();
    await expect(reading).rejects.toThrow("The port was closed");
    expect(port.readable).toBeNull();
    expect(closes()).toBe(round);
    await line.connect();
    deliver(0xc0, round, 0xc0);
    expect([...(await line.read(1000))]).toEqual([round]);
  }
  await line.disconnect();
});

const never = (): Promise<never> => new Promise(() => undefined);

/** Whatever hangs, it is over when the limits are. */
const checkEnds = async (work: Promise<unknown>): Promise<unknown> => {
  const ended = work.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  return ended;
};

test("closing ends although the port does not", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { line } = await opened({ close: never });
  expect(await checkEnds(line.disconnect())).toBeUndefined();
});

test("a port that does not open is given up", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { port } = testPort({ open: never });
  const line = new BoardTransport(port, turnClock());
  expect(await checkEnds(line.connect())).toEqual(new LinkError("opening the port took longer than 20 s"));
});

test("lines that cannot be set are given up", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { line } = await opened({ setSignals: never });
  expect(await checkEnds(line.setSignals(true, false))).toEqual(
    new LinkError("setting DTR and RTS took longer than 3 s"),
  );
});

test("a write that hangs loses the line, which closes all the same", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const hanging = new WritableStream<Uint8Array>({ write: never });
  const { line } = await opened({ writable: hanging });
  expect(await checkEnds(line.write(Uint8Array.of(1)))).toBeInstanceOf(LostError);
  expect(await checkEnds(line.disconnect())).toBeUndefined();
});
