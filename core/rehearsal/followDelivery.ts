import { type DeliveryEvent, imageTitle } from "../delivery/events";
import { type Following, stepOf } from "./following";
import { followReport } from "./followReport";
import { begun, remarked, resumedAt, strange } from "./progress";

/** What the board did at the server. Whoever asks for an image goes on, however slowly. */
export function followDelivery(before: Following, event: DeliveryEvent, at: number): Following {
  switch (event.kind) {
    case "reported":
      return followReport(before, event.report, "server", at);
    case "asked":
      return asked(before, event, at);
    case "sent":
      return { ...before, progressAt: at };
    case "ended":
      return ended(before, event, at);
    case "refused":
      return strange(before, at, `The server refused a request with ${event.status}. ${event.why}`);
    case "looked":
      return before;
  }
}

type Of<Kind> = Extract<DeliveryEvent, { readonly kind: Kind }>;

function asked(before: Following, { image, position, transfer }: Of<"asked">, at: number): Following {
  const from = position === 0 ? "" : ` from byte ${position} on`;
  const told = remarked(before, at, `The board asked for ${imageTitle[image]}${from}.`);
  if (image === "micropython")
    return stepOf(before, "write-table")?.doneAt === undefined && !isKnownToHaveTable(before)
      ? strange(told, at, "It asked for MicroPython before the new table was in place.")
      : told;
  const lastCut = before.cuts.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const deliveredAt = stepOf(before, "deliver-repartitioner")?.doneAt;
  // Among others a copy of the repartitioner that cannot be verified is downloaded.
  if (deliveredAt !== undefined && deliveredAt > lastCut)
    return strange(told, at, "It asked for the repartitioner once more.");
  if (!isFirmware(before)) return told;
  const following = resumedAt(told, at, ASKS, "deliver-repartitioner");
  return { ...begun(following, "deliver-repartitioner", at), delivery: { transfer, isWhole: false } };
}

const ASKS = "The board asks for the repartitioner.";

/** Whether the firmware of the field runs, as far as anybody knows. */
const isFirmware = (before: Following): boolean =>
  stepOf(before, "start-repartitioner")?.doneAt === undefined;

const isKnownToHaveTable = (before: Following): boolean =>
  stepOf(before, "check-target")?.doneAt !== undefined;

function ended(before: Following, { image, position, size, transfer }: Of<"ended">, at: number): Following {
  const isWhole = position === size;
  if (!isWhole)
    return remarked(before, at, `The transfer of ${imageTitle[image]} ended at byte ${position} of ${size}.`);
  // What was sent has not arrived yet: the firmware says so by resetting the board.
  const delivery = before.delivery?.transfer === transfer ? { transfer, isWhole } : before.delivery;
  return { ...before, progressAt: at, delivery };
}
