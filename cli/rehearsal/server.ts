import { DEFAULT_PORT, strayTexts } from "../../core/delivery/address";
import type { ServedImage } from "../../core/delivery/readDelivery";
import type { RehearsalDesk } from "../../device/rehearsal/desk";
import type { Reporter } from "../board/reporter";
import { Stop } from "../board/stop";
import type { Io, Serving } from "../io";
import { styled } from "../report/line";
import { type AddressOptions, servedAddress } from "../serving/address";

export interface ServerOptions extends AddressOptions {
  readonly "serve-port"?: number | undefined;
}

/** Where the images will be served. */
export interface ServerPlace {
  readonly address: string;
  readonly port: number;
  /** What the board would ask elsewhere for, as sentences. */
  readonly stray: readonly string[];
}

/** A virtual board reaches this machine under its own address, on any port; a real one has the addresses built in. */
export async function serverPlace(
  images: readonly ServedImage[],
  isVirtual: boolean,
  options: ServerOptions,
  { localAddresses }: Serving,
  io: Io,
): Promise<ServerPlace> {
  if (isVirtual) return { address: "127.0.0.1", port: options["serve-port"] ?? 0, stray: [] };
  const planned = images.flatMap((image) => image.planned ?? []);
  const address = await servedAddress(options, planned, localAddresses(), io);
  const port = options["serve-port"] ?? planned[0]?.port ?? DEFAULT_PORT;
  return { address, port, stray: strayTexts(images, { isSecure: false, host: address, port }) };
}

export const startServer =
  (
    { address, port }: ServerPlace,
    { startOtaServer, clock }: Serving,
    { note }: Reporter,
  ): RehearsalDesk["startServer"] =>
  async (images, onEvent) => {
    const started = await startOtaServer({ images, address, port, now: clock, onEvent });
    if (!started.ok) throw new Stop(2, `Nothing was written. ${started.message}`);
    const unreachable = await started.value.check();
    if (unreachable !== undefined) note([[styled("warning", "warning:"), ` ${unreachable}`]]);
    return started.value;
  };
