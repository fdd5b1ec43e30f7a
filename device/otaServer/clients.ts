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

/** An IPv4 address is written like one, also where it comes in by way of IPv6. */
export const addressOf = ({ remoteAddress = "unknown" }: Pick<Socket, "remoteAddress">): string =>
  remoteAddress.replace(/^::ffff:(?=\d+\.)/i, "");

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
