import { hasPlace, type NetworkFault, networkFaultKinds } from "../cases/case";
import type { FetchedImage } from "../effect";
import { withFaults } from "../scenario/faults";
import { recoveryOf } from "../sweep/recovery";
import type { Subject } from "../sweep/subject";
import { caseOf, type TriedCase, triedWhole } from "../sweep/tried";
import { forEach, type PlannedSchedule } from "./schedule";

/** Every fault of the server and of Wi-Fi, for each image, once, several times and for ever. */
export const network = (subjects: readonly Subject[]): PlannedSchedule =>
  forEach(subjects, (subject) => faultsOf(subject).map((fault) => () => [tryFault(subject, fault)]), [
    "Power did not fail. Wi-Fi refused the device, and the server did each thing that a server can do wrong, at the beginning, in the middle and at the end of each image, once, three times and for ever.",
  ]);

const TIMES = [1, 3, "always"] as const;
const IMAGES: readonly FetchedImage[] = ["repartitioner", "micropython"];

const faultsOf = ({ scenario: { assets } }: Subject): NetworkFault[] =>
  networkFaultKinds.flatMap((kind): NetworkFault[] => {
    if (kind === "offline") return TIMES.map((times) => ({ kind, times }));
    return IMAGES.flatMap((image) =>
      placesOf(kind, assets[image].bytes.length).flatMap((place) =>
        TIMES.map((times) => ({ kind, ...place, image, times })),
      ),
    );
  });

/** A truncated file of 0 bytes and one that lacks its end are different faults. */
const placesOf = (kind: NetworkFault["kind"], size: number): readonly { readonly at?: number }[] =>
  hasPlace(kind) ? [{ at: 0 }, { at: 0x1000 }, { at: size >> 1 }, { at: size - 1 }] : [{}];

function tryFault(subject: Subject, fault: NetworkFault): TriedCase {
  const scenario = withFaults(subject.scenario, [fault]);
  const what = caseOf(subject, { faults: [fault] });
  return triedWhole(subject, what, recoveryOf(scenario)(scenario.state));
}
