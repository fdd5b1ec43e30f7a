import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";

/** A client that reads as a small device does: through a buffer of one packet, and never faster than it likes. */
export interface Reader {
  readonly port: number;
  readonly path: string;
  /** Bytes that it has already. */
  readonly from?: number;
  /** Hangs up after so many bytes of the answer. */
  readonly stopAt?: number;
  readonly mac?: string;
  /** Bytes that it takes at a time. */
  readonly packet?: number;
  /** Settles when it takes the next packet; at once unless told otherwise. */
  pause?(bytes: number): Promise<void>;
  /** Takes the body piece by piece; without it the body is kept. */
  take?(piece: Uint8Array): void;
}

export interface Read {
  readonly head: string;
  /** So far as it came; empty where it was taken. */
  readonly body: Buffer;
}

/** What lwIP hands over at a time. */
const PACKET = 1436;

/** Fetches as `esp_http_client` does. What came before an end of the connection is what it has. */
export function readSlowly(reader: Reader): Promise<Read> {
  const { port, stopAt = Number.POSITIVE_INFINITY, packet = PACKET, pause = async () => undefined } = reader;
  const kept: Buffer[] = [];
  const answer = answerReader(reader.take ?? ((piece) => kept.push(Buffer.from(piece))));
  const state: { socket?: Socket } = {};
  const callback = (count: number, buffer: Uint8Array): boolean => {
    const bytes = answer.take(buffer.subarray(0, count));
    if (bytes >= stopAt) state.socket?.destroy();
    else void pause(bytes).then(() => state.socket?.resume());
    return false;
  };
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", onread: { buffer: Buffer.alloc(packet), callback } });
    state.socket = socket;
    socket.write(requestOf(reader));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve({ head: answer.head(), body: Buffer.concat(kept) }));
  });
}

const requestOf = ({ port, path, from = 0, mac = "24:6f:28:00:00:01" }: Reader): string =>
  [
    `GET ${path} HTTP/1.1`,
    "User-Agent: ESP32 HTTP Client/1.0",
    `Host: 127.0.0.1:${port}`,
    `X-Crossflash-Device: ${mac}`,
    ...(from > 0 ? [`Range: bytes=${from}-`] : []),
    "Connection: close",
    "",
    "",
  ].join("\r\n");

/** Tells head and body of an answer apart. */
function answerReader(take: (piece: Uint8Array) => void) {
  let head = "";
  let bytes = 0;
  let isBody = false;
  return {
    head: () => head,
    take(piece: Uint8Array): number {
      bytes += piece.length;
      if (isBody) take(piece);
      else {
        const before = head.length;
        head += Buffer.from(piece).toString("latin1");
        const end = head.indexOf("\r\n\r\n");
        isBody = end >= 0;
        if (isBody) {
          head = head.slice(0, end);
          take(piece.subarray(end + 4 - before));
        }
      }
      return bytes;
    },
  };
}

export function hashOf(parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
