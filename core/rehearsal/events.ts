import type { DeliveryEvent } from "../delivery/events";

/** What is heard of a board during a rehearsal. Times in milliseconds of the rehearsal's clock. */
export type RehearsalEvent =
  /** A whole line that the board printed. */
  | { readonly kind: "line"; readonly at: number; readonly text: string }
  /** Text that waits for an answer, such as the prompt of MicroPython. */
  | { readonly kind: "prompt"; readonly at: number }
  /** What a line means that tells of trouble. */
  | { readonly kind: "trouble"; readonly at: number; readonly title: string }
  /** Something that the board did at the server. */
  | { readonly kind: "delivery"; readonly at: number; readonly event: DeliveryEvent }
  /** The reset line was pulled. */
  | { readonly kind: "cut"; readonly at: number; readonly cut: string };
