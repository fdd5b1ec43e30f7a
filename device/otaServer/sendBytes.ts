import type { ServerResponse } from "node:http";
import type { ByteRange } from "../../core/delivery/byteRange";

/** Bytes that wait for one client at a time: a part of the image that all clients share, never a copy. */
const PIECE = 64 * 1024;

export interface Sending {
  /** So many more bytes have left this process. */
  onSent(bytes: number): void;
  /** Once, however it ends. */
  onEnd(): void;
}

/** Sends as fast as the client takes it. A client that goes away ends it. */
export function sendBytes(
  response: ServerResponse,
  bytes: Uint8Array,
  { start, end }: ByteRange,
  { onSent, onEnd }: Sending,
): void {
  const next = (at: number): void => {
    if (at >= end) return void response.end();
    const piece = bytes.subarray(at, Math.min(at + PIECE, end));
    response.write(piece, (error) => {
      if (error) return;
      onSent(piece.length);
      next(at + piece.length);
    });
  };
  response.once("close", onEnd);
  next(start);
}
