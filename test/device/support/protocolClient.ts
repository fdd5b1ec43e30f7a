import type { ReadableStreamDefaultReader, WritableStreamDefaultWriter } from "node:stream/web";
import { deflateSync } from "node:zlib";
import { u8, u16, u32 } from "../../../core/image/bytes";
import type { BoardPort } from "../../../device/port";
import { encodeSlip, slipDecoder } from "../../../device/slip";
import { checksumOf, requestPacket } from "../../../device/virtualBoard/packet";
import { concat, words } from "../../support/bytes";

/**
 * The least that speaks the serial protocol. It waits for nothing: a virtual board has answered when a write is over,
 * so an answer that is not there by then does not come.
 */
export interface ProtocolClient {
  send(bytes: Uint8Array): Promise<void>;
  /** Every byte that came since the last call. */
  bytes(): Promise<Uint8Array>;
  packets(): Promise<readonly Uint8Array[]>;
  command(command: number, data?: Uint8Array, checksum?: number): Promise<Answer | undefined>;
  /** Settles when nothing more can be read. */
  close(): Promise<void>;
}

export interface Answer {
  readonly command: number;
  readonly value: number;
  readonly body: Uint8Array;
}

export const openClient = async (port: BoardPort, baudRate = 115200): Promise<ProtocolClient> => {
  await port.open({ baudRate });
  const reader = port.readable?.getReader();
  const writer = port.writable?.getWriter();
  if (!reader || !writer) throw new Error("The port has no streams.");
  return clientOf(port, reader, writer);
};

const clientOf = (
  port: BoardPort,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
): ProtocolClient => {
  let arrived: Uint8Array[] = [];
  const decode = slipDecoder();
  const pump = async (): Promise<void> => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) arrived.push(piece.value);
  };
  const pumping = pump().catch(() => undefined);
  writer.closed.catch(() => undefined);
  const client: ProtocolClient = {
    send: (bytes) => writer.write(bytes),
    async bytes() {
      await turn();
      const all = concat(arrived);
      arrived = [];
      return all;
    },
    packets: async () => decode(await client.bytes()),
    async command(command, data = new Uint8Array(0), checksum = 0) {
      await client.send(encodeSlip(requestPacket(command, data, checksum)));
      return (await client.packets()).map(answerOf).find((answer) => answer?.command === command);
    },
    async close() {
      await port.close();
      await pumping;
    },
  };
  return client;
};

/** Lets everything happen that is due. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

const answerOf = (packet: Uint8Array): Answer | undefined =>
  packet.length >= 8 && u8(packet, 0) === 1 && u16(packet, 2) === packet.length - 8
    ? { command: u8(packet, 1), value: u32(packet, 4), body: packet.subarray(8) }
    : undefined;

/** DTR and RTS as clients set them one after the other, with time for the board in between. */
export const pullLines = async (port: BoardPort, steps: readonly LineStep[]): Promise<void> => {
  for (const [dataTerminalReady, requestToSend] of steps) {
    await port.setSignals({ dataTerminalReady, requestToSend });
    await turn();
  }
};

export type LineStep = readonly [dtr: boolean, rts: boolean];

export const INTO_LOADER: readonly LineStep[] = [
  [false, true],
  [true, false],
  [false, false],
];

/** Through both lines at once, because the controller forgets the wish for the loader when neither is set. */
export const INTO_LOADER_BY_USB_JTAG: readonly LineStep[] = [
  [false, false],
  [true, false],
  [true, true],
  [false, true],
  [false, false],
];

export const HARD_RESET: readonly LineStep[] = [
  [false, true],
  [false, false],
];

/** Into the ROM's loader, with its banner read away. */
export const enterLoader = async (port: BoardPort, client: ProtocolClient): Promise<void> => {
  const bridge = port.getInfo().usbProductId !== 0x1001;
  await pullLines(port, bridge ? INTO_LOADER : INTO_LOADER_BY_USB_JTAG);
  await client.packets();
};

export const SYNC_DATA = concat([Uint8Array.of(0x07, 0x07, 0x12, 0x20), new Uint8Array(32).fill(0x55)]);

/** The loader in the ROM, in step with the client. */
export const openLoader = async (port: BoardPort): Promise<ProtocolClient> => {
  const client = await openClient(port);
  await enterLoader(port, client);
  await client.command(0x08, SYNC_DATA);
  return client;
};

/** A block for one of the commands that carry data. */
export const sendBlock = (
  client: ProtocolClient,
  command: number,
  data: Uint8Array,
  sequence: number,
): Promise<Answer | undefined> =>
  client.command(command, concat([words(data.length, sequence, 0, 0), data]), checksumOf(data));

/** Any code will do: the board does not run it. */
export const startStub = async (client: ProtocolClient): Promise<readonly Uint8Array[]> => {
  const code = Uint8Array.of(1, 2, 3, 4);
  await client.command(0x05, words(code.length, 1, code.length, 0x4009_0000));
  await sendBlock(client, 0x07, code, 0);
  await client.send(encodeSlip(requestPacket(0x06, words(0, 0x4009_0000))));
  return client.packets();
};

export const openStub = async (port: BoardPort): Promise<ProtocolClient> => {
  const client = await openLoader(port);
  await startStub(client);
  return client;
};

const BLOCK = 0x4000;

/** Compressed, block by block; the answer to the end, or undefined as soon as an answer is missing. */
export const writeDeflated = async (
  client: ProtocolClient,
  offset: number,
  data: Uint8Array,
): Promise<Answer | undefined> => {
  const compressed = Uint8Array.from(deflateSync(data, { level: 9 }));
  const count = Math.ceil(compressed.length / BLOCK);
  if (!(await client.command(0x10, words(data.length, count, BLOCK, offset)))) return undefined;
  for (let index = 0; index < count; index++) {
    const block = compressed.subarray(index * BLOCK, (index + 1) * BLOCK);
    if (!(await sendBlock(client, 0x11, block, index))) return undefined;
  }
  return client.command(0x12, words(1));
};
