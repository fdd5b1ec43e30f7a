import { extractApp } from "../../core/image/combined";
import { defineCommand } from "../command";
import { couldNotRun, overwritesInput, refuse, sameFileFault } from "../fault";
import { requiredText } from "../options";
import { LARGEST_FLASH } from "../tableOptions";

export default defineCommand({
  name: "extract-app",
  summary: "Take the app out of a combined image, for an update over the air.",
  description:
    "MicroPython publishes images for the first flashing, with bootloader, partition table and app in one file. An OTA slot takes the app alone: this command verifies the image and writes its app.",
  operand: { value: "COMBINED.bin" },
  options: {
    output: requiredText("micropython.bin", "Where the app goes.", "o"),
  },
  async run({ files: [file = ""], options }, io) {
    if (overwritesInput(io, file, options.output)) return couldNotRun(io, sameFileFault(file));
    const bytes = await io.read(file, LARGEST_FLASH);
    if (!bytes.ok) return couldNotRun(io, bytes);
    const app = extractApp(bytes.value);
    if (!app.ok) return refuse(io, `${file}: ${app.message}`);
    const written = io.write(options.output, app.value);
    return written.ok ? 0 : couldNotRun(io, written);
  },
});
