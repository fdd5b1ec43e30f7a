import type { ChosenBinary } from "../facts";
import type { AppImage } from "../image/appImage";
import type { ImageReport } from "../image/inspect";

/** What the rules need to know of the binary that the user chose. `name` is the path as the user wrote it. */
export function chosenBinary(name: string, report: ImageReport): ChosenBinary {
  switch (report.kind) {
    case "app":
      return { name, kind: "app", ...factsOf(report.app) };
    case "combined":
    case "flash-dump":
      return { name, kind: "combined", ...factsOf(report.app) };
    case "bootloader":
      return unusable(name, "The file is a bootloader, not an app.");
    case "partition-table":
      return unusable(name, "The file is a partition table, not an app.");
    case "damaged":
    case "unknown":
      return unusable(name, report.failure.message);
  }
}

/** A signature behind the image belongs to it: a device with Secure Boot does not start the app without. */
function factsOf({ image, descriptor, micropython, trailing }: AppImage) {
  const release = micropython?.release;
  return {
    fault: "",
    appSize: trailing.signedEnd - image.offset,
    chip: image.chip,
    flashSize: image.flashSize,
    release: release && [release.major, release.minor, release.patch],
    title: micropython
      ? `MicroPython ${micropython.version}`
      : descriptor?.idfVersion
        ? `ESP-IDF ${descriptor.idfVersion}`
        : "",
  };
}

const unusable = (name: string, fault: string): ChosenBinary => ({
  name,
  kind: "unusable",
  fault,
  appSize: 0,
  title: "",
});
