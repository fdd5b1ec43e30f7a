import type { PlannedAddress } from "../../core/delivery/address";
import { chooseAddress, type LocalAddress } from "../../core/delivery/interfaces";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { tell } from "../tell";

export interface AddressOptions {
  readonly interface?: string | undefined;
  readonly address?: string | undefined;
}

/** The one address on which to listen. Where several are possible, the user is asked, or told how to say it. */
export async function servedAddress(
  { interface: name, address }: AddressOptions,
  planned: readonly PlannedAddress[],
  all: readonly LocalAddress[],
  io: Io,
): Promise<string> {
  const found = chooseAddress(all, { name, address, planned: planned.map(({ host }) => host) });
  const [only, ...others] = found;
  if (!only) throw new Stop(2, notFound(name ?? address, all));
  return others.length === 0 ? only.address : ask(found, io);
}

const notFound = (said: string | undefined, all: readonly LocalAddress[]): string =>
  said === undefined
    ? "This machine has no address at which a device could reach it. Connect it to a network."
    : `This machine has no '${said}'. It has ${all.map(textOf).join(", ")}.`;

async function ask(found: readonly LocalAddress[], io: Io): Promise<string> {
  tell(io, "err", [
    "Which address do the devices reach?",
    ...found.map((one, index) => `  ${index + 1}  ${textOf(one)}`),
  ]);
  const answer = await io.ask(`1 to ${found.length}: `);
  const chosen = answer === undefined ? undefined : found[Number(answer) - 1];
  if (chosen) return chosen.address;
  throw new Stop(
    2,
    `This machine has several addresses: ${found.map(textOf).join(", ")}. Say with --address or --interface which one the devices reach.`,
  );
}

const textOf = ({ name, address }: LocalAddress): string => `${address} (${name})`;
