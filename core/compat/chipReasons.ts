import type { ChipTarget } from "../chip/targets";
import { revisionText } from "../job/board";
import { appName, type CompatApp, type CompatImage } from "./builds";
import { FEATURES_SOURCE } from "./data/features";
import { evidence, type Reason, reason } from "./evidence";
import { hasFeature } from "./features";
import type { IdfVersion } from "./idfVersion";

/** The chip of the devices. */
export interface ChipQuestion {
  readonly chip?: ChipTarget | undefined;
  /** major * 100 + minor; of several devices the one that fits worst counts. */
  readonly chipRevision?: number | undefined;
}

const CHECKED = evidence(
  "documented",
  "bootloader_common_check_chip_validity in ESP-IDF's bootloader_support",
  "The bootloader compares chip and revision with what the image header names, and does not start an app of another chip or for newer silicon.",
);

/** The app must be built for the chip. */
export function chipReason({ chip }: ChipQuestion, app: CompatApp): Reason {
  const built = app.image?.chip;
  const about = (verdict: Reason["verdict"], sentence: string) => reason("chip", verdict, sentence, CHECKED);
  if (!chip) return about("unknown", "The chip of the devices is not known. State it.");
  if (!built)
    return about(
      "unknown",
      `Choose the binary of ${nameInside(app)}: its header names the chip it is built for.`,
    );
  return built.id === chip.id
    ? about("supported", `${appName(app)} is built for ${chip.name}, as the devices are.`)
    : about(
        "refused",
        `${appName(app)} is built for ${built.name}, but the devices are ${chip.name}. Choose a build for ${chip.name}.`,
      );
}

const LIMITS_SINCE = evidence(
  "documented",
  FEATURES_SOURCE,
  "Bootloaders compare the highest revision since v4.4.5 and v5.0.1; older ones do not look at it.",
);

/** The revisions on which the app runs stand in its header; the highest one only newer bootloaders look at. */
export function chipRevisionReason(
  { chip, chipRevision }: ChipQuestion,
  app: CompatApp,
  bootloader: IdfVersion | undefined,
): Reason {
  const { image, name = "The app" } = app;
  if (!image)
    return about(
      "unknown",
      `Choose the binary of ${nameInside(app)}: its header names the chip revisions it runs on.`,
    );
  if (chipRevision === undefined) return unknownRevision(name, image, chip);
  const revision = revisionText(chipRevision);
  if (chipRevision < image.minChipRevision)
    return about(
      "refused",
      `${name} needs chip revision ${revisionText(image.minChipRevision)} or later, but the devices have ${revision}. Choose a build for older chips.`,
    );
  if (image.maxChipRevision === undefined || chipRevision <= image.maxChipRevision)
    return about("supported", `${name} runs on chip revision ${revision}.`);
  const beyond = `${name} is made for chip revisions up to ${revisionText(image.maxChipRevision)}, but the devices have ${revision}.`;
  const looks = bootloader && hasFeature("chip-revision-limits", bootloader);
  if (looks === undefined)
    return about(
      "unknown",
      `${beyond} It is not known whether the bootloader refuses that. Choose a newer build.`,
    );
  return looks
    ? about("refused", `${beyond} The bootloader refuses that. Choose a newer build.`)
    : about(
        "risky",
        `${beyond} The bootloader is too old to refuse that, but the app may fail. Choose a newer build.`,
      );
}

/** The newest silicon of the ESP32; of other chips newer ones may still come. Source: Espressif's list of chip revisions. */
const NEWEST_ESP32 = 301;

function unknownRevision(name: string, image: CompatImage, chip: ChipTarget | undefined): Reason {
  const { minChipRevision, maxChipRevision = Number.POSITIVE_INFINITY } = image;
  const newest = chip?.id === "esp32" ? NEWEST_ESP32 : Number.POSITIVE_INFINITY;
  return minChipRevision === 0 && maxChipRevision >= newest
    ? about("supported", `${name} runs on every revision of the chip.`)
    : about(
        "unknown",
        `${name} does not run on every revision of the chip. Read the revision of the devices.`,
      );
}

const about = (verdict: Reason["verdict"], sentence: string): Reason =>
  reason("chip-revision", verdict, sentence, CHECKED, LIMITS_SINCE);

const nameInside = (app: CompatApp): string => (app.release === undefined ? "the app" : appName(app));
