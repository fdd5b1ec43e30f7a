import { createHash } from "node:crypto";
import { u32 } from "../../core/image/bytes";
import type { LoaderBoard } from "./loader";
import { SECTOR_SIZE } from "./norFlash";
import { type Request, word } from "./packet";

/** Takes the host's acknowledgements until the whole region is over. */
export type FlashReading = (packet: Uint8Array) => "going on" | "finished";

/**
 * READ_FLASH: packets of raw data, so many bytes ahead of the acknowledgements as the host allows, then their digest.
 * An acknowledgement is the number of bytes received so far; anything else ends the reading early.
 */
export const flashReading = (board: LoaderBoard, request: Request): FlashReading | undefined => {
  const [offset, size] = [word(request, 0), word(request, 1)];
  const [packetSize, ahead] = [word(request, 2), word(request, 3)];
  if (packetSize > SECTOR_SIZE) return undefined;
  const digest = createHash("md5");
  let sent = 0;
  let acknowledged = 0;

  const sendMore = (): void => {
    while (sent < size && sent - acknowledged < ahead) {
      const bytes = board.flash.read(offset + sent, Math.min(packetSize, size - sent));
      if (!bytes || bytes.length === 0) return;
      board.send(bytes);
      digest.update(bytes);
      sent += bytes.length;
    }
  };
  const over = (): boolean => acknowledged >= size || acknowledged > sent;
  const finish = (): "finished" => {
    board.send(Uint8Array.from(digest.digest()));
    return "finished";
  };
  if (over()) {
    finish();
    return undefined;
  }
  sendMore();
  return (packet) => {
    if (packet.length !== 4) return finish();
    acknowledged = u32(packet, 0);
    if (over()) return finish();
    sendMore();
    return "going on";
  };
};
