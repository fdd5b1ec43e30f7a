import { isApp } from "../image/appImage";
import { type EspImage, readImage } from "../image/readImage";
import { hex, sizeText } from "../text/units";
import { type BoardIdentity, revisionText } from "./board";
import type { WriteRegion } from "./job";
import { rangeOf } from "./job";
import { type JobCheck, type JobProblem, jobProblem, problemIf } from "./problem";
import { sharedSize } from "./range";

/** Every image of the job must be whole and one that this board can start. */
export const checkImages: JobCheck = ({ job, board }) =>
  job.regions.flatMap((region) =>
    region.kind === "write" && (region.purpose === "app" || region.purpose === "bootloader")
      ? checkImage(region, board)
      : [],
  );

function checkImage(region: WriteRegion, board: BoardIdentity): readonly JobProblem[] {
  const { name, address, bytes, purpose } = region;
  const image = readImage(bytes);
  if (!image.ok) {
    const message = `What is to be written to '${name}' at ${hex(address)} does not start. ${image.message}`;
    return [jobProblem("image", "error", message, address)];
  }
  if (isApp(image.value) !== (purpose === "app")) return [wrongKind(region)];
  return [
    ...checkImageChip(region, image.value, board),
    ...checkRevision(region, image.value, board),
    ...checkHeaderSize(region, image.value, board),
    ...problemIf(purpose === "app" && address % APP_ALIGNMENT !== 0, () => misaligned(region)),
  ];
}

/** Flash is mapped into memory in pages of this size (`Segment n load address .. doesn't match data ..`). */
const APP_ALIGNMENT = 0x10000;

const misaligned = ({ name, address }: WriteRegion): JobProblem =>
  jobProblem(
    "app-alignment",
    "error",
    `The app '${name}' would lie at ${hex(address)}, but the bootloader starts apps only at multiples of 0x10000. Correct the partition table.`,
    address,
  );

function wrongKind({ name, address, purpose }: WriteRegion): JobProblem {
  const [is, should] = purpose === "app" ? ["no app", "an app"] : ["an app", "a bootloader"];
  const message = `What is to be written to '${name}' at ${hex(address)} is ${is}, but ${should} belongs there. Choose another file.`;
  return jobProblem("image-kind", "error", message, address);
}

const checkImageChip = (region: WriteRegion, image: EspImage, board: BoardIdentity): readonly JobProblem[] =>
  problemIf(image.chip.id !== board.chip.id, () =>
    jobProblem(
      "image-chip",
      "error",
      `The image for '${region.name}' is built for ${image.chip.name}, but the board is ${board.chip.name}. Choose a build for ${board.chip.name}.`,
      region.address,
    ),
  );

/** Source: `bootloader_common_check_chip_validity` in bootloader_common_loader.c; a fuse can lift the upper limit. */
function checkRevision(
  { name, address }: WriteRegion,
  { minChipRevision, maxChipRevision }: EspImage,
  { revision }: BoardIdentity,
): readonly JobProblem[] {
  if (revision === undefined) return [];
  const limit = (severity: "error" | "warning", which: string, wanted: number) =>
    jobProblem(
      "image-revision",
      severity,
      `The image for '${name}' is built for chip revisions ${which} ${revisionText(wanted)}, but the board has ${revisionText(revision)}. Choose another build.`,
      address,
    );
  if (revision < minChipRevision) return [limit("error", "from", minChipRevision)];
  return maxChipRevision !== undefined && revision > maxChipRevision
    ? [limit("warning", "up to", maxChipRevision)]
    : [];
}

/**
 * The header of the bootloader decides how large apps believe the flash to be, and a chip that is smaller stops them
 * (`Detected size smaller than the size in the binary image header`); that of an app counts in some builds only.
 */
const checkHeaderSize = (
  { name, address, purpose }: WriteRegion,
  image: EspImage,
  { flashSize }: BoardIdentity,
): readonly JobProblem[] =>
  flashSize === undefined || image.flashSize <= flashSize
    ? []
    : [
        jobProblem(
          "image-flash-size",
          purpose === "bootloader" ? "error" : "warning",
          `The image for '${name}' is built for ${sizeText(image.flashSize)} of flash, but the board has ${sizeText(flashSize)}. Choose a build for this flash size.`,
          address,
        ),
      ];

/** The ROM loads the bootloader from one address per chip. */
export const checkBootloader: JobCheck = ({ job, board, present }) => {
  const place = { address: board.chip.bootloaderOffset, size: 1 };
  const misplaced = job.regions.filter(
    ({ purpose, address, kind }) => kind === "write" && purpose === "bootloader" && address !== place.address,
  );
  const needsOne = job.regions.some(({ purpose, kind }) => kind === "write" && purpose !== "bootloader");
  const touched = job.regions.find((region) => sharedSize(rangeOf(region), place) > 0);
  const isMissing = touched ? touched.kind === "erase" : present.bootloader === "none";
  return [
    ...misplaced.map(({ address }) =>
      jobProblem(
        "bootloader-offset",
        "error",
        `The bootloader would lie at ${hex(address)}, but ${board.chip.name} loads it from ${hex(place.address)}. Choose a file for ${board.chip.name}.`,
        address,
      ),
    ),
    ...problemIf(needsOne && isMissing, () =>
      jobProblem(
        "bootloader-missing",
        "warning",
        `There is no bootloader at ${hex(place.address)}, so the board will not start. Flash a bootloader too, or a combined image that holds one.`,
        place.address,
      ),
    ),
  ];
};
