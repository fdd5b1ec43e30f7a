import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type DeviceName, macOf } from "../../core/delivery/device";

/** Who asks. What a client says of itself counts only where it has the form of a MAC. */
export function deviceOf({ headers, socket }: IncomingMessage): DeviceName {
  const told = headers["x-crossflash-device"];
  const mac = macOf(typeof told === "string" ? told : undefined);
  const address = addressOf(socket);
  return mac === undefined ? { address } : { mac, address };
}

/** Of Node's sockets, what tells who is at the other end; one of TLS stands on another one. */
interface Connection extends Pick<Socket, "remoteAddress"> {
  readonly _parent?: Connection | undefined;
}

/**
 * An IPv4 address is written like one, also where it comes in by way of IPv6. Node keeps the address of a socket that it was
 * asked for once: who hangs up in the middle of a handshake is only known where that was done in time.
 */
export const addressOf = ({ remoteAddress, _parent }: Connection): string =>
  (remoteAddress ?? _parent?.remoteAddress ?? "unknown").replace(/^::ffff:(?=\d+\.)/i, "");

/** Says whether one more refusal of an address is still told. */
export function refusalCount(limit: number): (address: string) => boolean {
  const counts = new Map<string, number>();
  return (address) => {
    const count = (counts.get(address) ?? 0) + 1;
    // As many addresses as that are no devices any more; what is forgotten is only told once more.
    if (counts.size > MOST_ADDRESSES) counts.clear();
    counts.set(address, count);
    return count <= limit;
  };
}

const MOST_ADDRESSES = 10_000;
