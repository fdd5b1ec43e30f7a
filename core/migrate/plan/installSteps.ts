import { bytesText } from "../bytesText";
import { choosing, erase, imageIn, installing, placeOf, type Scene, type StepDraft, write } from "./draft";

/** MicroPython is downloaded, chosen and started. */
export const installSteps = (scene: Scene): readonly StepDraft[] => [
  download(scene),
  select(scene),
  firstStart(scene),
];

function download({ input: { images }, cast: { receiver, runner } }: Scene): StepDraft {
  const { size, sha256 } = images.micropython;
  return {
    id: "download-micropython",
    title: `MicroPython is downloaded into '${receiver.name}'`,
    published: [11],
    precondition: `The server offers ${bytesText(size)} for this chip, which fit '${receiver.name}'; the length is compared before anything is erased.`,
    does: `The repartitioner erases ${placeOf(receiver)}, writes what it downloads, reads it back and compares the SHA-256 (${sha256}). A download that fails is tried again, with longer and longer pauses: the device stays reachable in '${runner.name}'.`,
    flash: installing(receiver, size, "MicroPython"),
    network: { image: "micropython", bytes: size },
    change: { installs: imageIn(receiver, "micropython", size) },
    again: "It finds the target table and downloads again.",
  };
}

const select = ({ cast: { roles, receiver } }: Scene): StepDraft => ({
  id: "select-micropython",
  title: "MicroPython is chosen",
  published: [12],
  precondition: `The image in '${receiver.name}' has the right SHA-256.`,
  does: `otadata selects '${receiver.name}', with a state that no rollback touches, and the device resets.`,
  flash: choosing(roles.otadata),
  change: { selects: receiver },
  again:
    "Until the new entry of otadata is whole the old one counts: it checks the image and chooses it again.",
});

const firstStart = ({ cast: { receiver, runner, vfs } }: Scene): StepDraft => ({
  id: "first-start",
  title: "MicroPython starts for the first time",
  published: [13],
  precondition: `The first sector of '${vfs.name}' is blank.`,
  does: `MicroPython makes its filesystem in '${vfs.name}' and writes boot.py. Frozen modules bring the programs and the Wi-Fi credentials: MicroPython does not use those that the firmware stored. Ready, as soon as the device reports its version. Should the image not start, the bootloader goes back to the repartitioner in '${runner.name}'.`,
  flash: [
    erase({ offset: vfs.offset, size: FILESYSTEM }, `the first sectors of '${vfs.name}'`),
    write(vfs.offset, FILESYSTEM, "a new filesystem"),
  ],
  again: `It starts from '${receiver.name}' again. A filesystem that was left half made is the one thing that it does not mend itself: its boot script should format it then.`,
});

/** The two sectors of the root directory of LittleFS, which come first; boot.py follows in a third. */
const FILESYSTEM = 0x3000;
