import { strayTexts } from "../../core/delivery/address";
import type { Rehearsal } from "../../core/rehearsal/readRehearsal";
import type { RehearsalDesk } from "../../device/rehearsal/desk";
import { loadOtaServing } from "../otaServer";
import { Refusal } from "../refusal";
import { askPlace } from "../serving/beginServing";

export interface RehearsalPlace {
  readonly startServer: RehearsalDesk["startServer"];
  /** What is to be known before anything is written. */
  readonly warnings: readonly string[];
}

/** Where the board finds the images; undefined where the user does not say. A virtual board reaches this machine itself. */
export async function rehearsalPlace(
  { images, findings }: Rehearsal,
  isVirtual: boolean,
): Promise<RehearsalPlace | undefined> {
  const ota = await loadOtaServing();
  const place = isVirtual ? { address: "127.0.0.1", port: 0 } : await askPlace(images, ota);
  if (!place) return undefined;
  const actual = { isSecure: false, host: place.address, port: place.port };
  return {
    warnings: [...findings.map(({ message }) => message), ...(isVirtual ? [] : strayTexts(images, actual))],
    async startServer(served, onEvent) {
      const started = await ota.startOtaServer({ images: served, ...place, now: Date.now, onEvent });
      if (!started.ok) throw new Refusal(`Nothing was written. ${started.message}`);
      return started.value;
    },
  };
}
