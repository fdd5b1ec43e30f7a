import { binaryName } from "../ota/micropythonRelease";
import { defineRule } from "./rule";
import { atBinary, chooseAnother } from "./support/micropython";

export default defineRule({
  id: "micropython-chip",
  severity: "error",
  stage: "device",
  needs: ["micropython", "chip"],
  summary: "The MicroPython binary must be built for the device's chip.",
  why: "The bootloader compares the chip in the image header with its own and refuses to start another's app: `mismatch chip ID`.",
  source:
    "`bootloader_common_check_chip_validity` in ESP-IDF's bootloader_common_loader.c (v3.3.1 and newer)",
  *check(subject) {
    const { chip, micropython } = subject.facts;
    if (!chip || !micropython?.chip || micropython.kind === "unusable" || micropython.chip.id === chip.id)
      return;
    yield {
      ...atBinary(subject),
      message: `${binaryName(micropython)} is built for ${micropython.chip.name}, but the device is ${chip.name}. Choose a build for ${chip.name}.`,
      fixes: [chooseAnother],
    };
  },
});
