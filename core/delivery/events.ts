import type { DeviceName } from "./device";
import type { StepReport } from "./stepReport";

/** The two images of a migration that devices download. */
export type DeliveredImage = "repartitioner" | "micropython";

interface Seen {
  /** Milliseconds of the clock on the wall. */
  readonly at: number;
  readonly device: DeviceName;
}

/** A transfer of an image, or of its rest. Positions and sizes in bytes of the image. */
interface Transferred extends Seen {
  readonly image: DeliveredImage;
  /** Tells transfers apart. */
  readonly transfer: number;
  readonly size: number;
  /** Up to where it was sent so far. */
  readonly position: number;
}

/** What happens at the server. What was sent may still be on its way: only a device knows what has arrived. */
export type DeliveryEvent =
  | (Transferred & { readonly kind: "asked" })
  | (Transferred & { readonly kind: "looked" })
  | (Transferred & { readonly kind: "sent"; readonly bytes: number })
  /** `end` is where the device wanted to end: behind the last byte that it had asked for. */
  | (Transferred & { readonly kind: "ended"; readonly end: number })
  | (Seen & { readonly kind: "reported"; readonly report: StepReport })
  /** Without a status where it did not even come to a request: a connection that was not secured. */
  | (Seen & { readonly kind: "refused"; readonly status: number | undefined; readonly why: string });

/** In sentences. */
export const imageTitle: Readonly<Record<DeliveredImage, string>> = {
  repartitioner: "the repartitioner",
  micropython: "MicroPython",
};

/** As headings. */
export const imageTitles: Readonly<Record<DeliveredImage, string>> = {
  repartitioner: "Repartitioner",
  micropython: "MicroPython",
};
