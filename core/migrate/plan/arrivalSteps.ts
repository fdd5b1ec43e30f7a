import { bytesText } from "../bytesText";
import { otaSlotsOf } from "../roles";
import {
  choosing,
  erase,
  imageIn,
  installing,
  placeOf,
  rewriting,
  type Scene,
  type StepDraft,
} from "./draft";

/** From the firmware of today to a repartitioner that runs from where it may change the table. */
export const arrivalSteps = (scene: Scene): readonly StepDraft[] => [
  deliver(scene),
  startFirst(scene),
  checkDevice(scene),
  confirm(scene),
  ...(scene.arrival.offset === scene.cast.roles.runner.offset ? [] : [copy(scene), startFromRunner(scene)]),
  ...settle(scene),
];

function deliver({ input: { images }, start, arrival }: Scene): StepDraft {
  const { size } = images.repartitioner;
  const viaFactory = start.offset === arrival.offset;
  return {
    id: "deliver-repartitioner",
    title: `The firmware updates itself to the repartitioner`,
    published: [1, 2],
    precondition: `The devices are online, and their update mechanism points to the repartitioner of ${bytesText(size)} for their chip, signed where they ask for a signature.`,
    does: viaFactory
      ? `The firmware starts the factory app for the update, which writes the repartitioner into ${placeOf(arrival)}.`
      : `The firmware in '${start.name}' writes the repartitioner into ${placeOf(arrival)}, as any update.`,
    flash: installing(arrival, size, "the repartitioner"),
    network: { image: "repartitioner", bytes: size },
    change: { installs: imageIn(arrival, "repartitioner", size) },
    again: "The update begins again.",
  };
}

const startFirst = ({ cast: { roles }, arrival }: Scene): StepDraft => ({
  id: "start-repartitioner",
  title: `The repartitioner starts from '${arrival.name}'`,
  published: [3],
  precondition: "The firmware has checked the image that it wrote.",
  does: `otadata selects '${arrival.name}', and the device resets.`,
  flash: choosing(roles.otadata),
  change: { selects: arrival },
  again: "Until the new entry of otadata is whole the old one counts, and the update begins again.",
});

const checkDevice = ({ cast: { roles } }: Scene): StepDraft => ({
  id: "check-device",
  title: "The repartitioner looks at the device",
  published: [4, 5, 6],
  precondition: "The repartitioner runs.",
  does: `It compares the table in flash, byte for byte, with the source table and with the target table. With the target table it goes on with the download of MicroPython; with neither it reports and stops, and writes nothing. It also checks the chip, the flash size in the header of the bootloader, that flash encryption is off, and that it runs from '${roles.runner.name}'.`,
  flash: [],
  again:
    "It looks again: it only reads. A bootloader with rollback starts the firmware instead, because the repartitioner has not confirmed itself yet; then the update begins again.",
});

const confirm = ({ cast: { roles } }: Scene): StepDraft => ({
  id: "confirm-repartitioner",
  title: "The repartitioner confirms itself",
  published: [],
  precondition: "It is online, and it knows the table.",
  does: "It marks itself as valid (esp_ota_mark_app_valid_cancel_rollback). A bootloader with rollback would otherwise go back to the firmware at the next reset, and refuse a second update. Without rollback nothing is written.",
  flash: rewriting(roles.otadata),
  again:
    "Where the entry of otadata was just being rewritten, the older one counts: then it is the firmware of today, and the update begins again.",
});

/** The published procedure downloads the repartitioner a second time; a copy needs no network. */
function copy({ input: { images }, cast: { roles }, arrival }: Scene): StepDraft {
  const { size } = images.repartitioner;
  return {
    id: "copy-to-runner",
    title: `The repartitioner copies itself to '${roles.runner.name}'`,
    published: [7],
    precondition: `It runs from '${arrival.name}', and its SHA-256 is the one that was known when the plan was made.`,
    does: `It copies its ${bytesText(size)} from '${arrival.name}' to ${placeOf(roles.runner)} and compares the SHA-256. From there the flash ahead is in one piece. Only where the copy cannot be verified it downloads itself again.`,
    flash: installing(roles.runner, size, "a copy of the repartitioner"),
    change: { installs: imageIn(roles.runner, "repartitioner", size) },
    again: "It copies again.",
  };
}

function startFromRunner({ cast: { roles } }: Scene): StepDraft {
  const { runner, otadata } = roles;
  const isFactory = roles.slots.every(({ offset }) => offset !== runner.offset);
  return {
    id: "start-from-runner",
    title: `The repartitioner starts from '${runner.name}'`,
    published: [8],
    precondition: "The copy has been read back and has the right SHA-256.",
    does: isFactory
      ? `otadata is erased, so that the bootloader starts the factory app '${runner.name}', and the device resets.`
      : `otadata selects '${runner.name}', with a state that no rollback touches, and the device resets. It looks at the device once more.`,
    flash: isFactory ? [erase(otadata, `'${otadata.name}', all of it`)] : choosing(otadata),
    change: { selects: runner },
    again: "From either slot it is the repartitioner, which goes on from where it finds itself.",
  };
}

/** The number in otadata selects a slot modulo the number of slots (`bootloader_utility.c`). */
function settle({ input: { target }, cast: { roles } }: Scene): StepDraft[] {
  const before = roles.slots.length;
  const after = otaSlotsOf(target).length;
  const isSlot = roles.slots.some(({ offset }) => offset === roles.runner.offset);
  if (before === after || !isSlot) return [];
  return [
    {
      id: "settle-otadata",
      title: "otadata is made to mean the same in both tables",
      published: [],
      precondition: `The repartitioner runs from '${roles.runner.name}'.`,
      does: `The table has ${before} update slots and gets ${after}. The next number that selects '${roles.runner.name}' of ${before} slots and of ${after} is written into otadata.`,
      flash: choosing(roles.otadata),
      change: { selects: roles.runner },
      again:
        "Until the new entry is whole the old one counts, which selects the same slot in the table that is still there.",
    },
  ];
}
