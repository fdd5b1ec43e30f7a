import { type ImageReport, inspectImage } from "../../core/image/inspect";
import { defineCommand } from "../command";
import { couldNotRun } from "../fault";
import { choice } from "../options";
import { shownPath } from "../readText";
import { imageText } from "../report/image";
import { jsonText } from "../report/jsonText";
import { LARGEST_FLASH } from "../tableOptions";
import { tell } from "../tell";

export default defineCommand({
  name: "inspect",
  summary: "Tell what an image is: chip, versions, sizes, segments, and whether it is whole.",
  description:
    "Reads and verifies an app, a bootloader, a combined image, a dump of a flash or a partition table of any chip of the ESP32 family. A file that is damaged or is none of these gives exit code 1.",
  operand: { value: "IMAGE.bin" },
  options: {
    format: choice(["text", "json"], "How the report is written; text unless told otherwise."),
  },
  async run({ files: [file = ""], options }, io) {
    const bytes = await io.read(file, LARGEST_FLASH);
    if (!bytes.ok) return couldNotRun(io, bytes);
    const report = inspectImage(bytes.value);
    if (options.format === "json") io.out(imageJson(file, report));
    else tell(io, "out", imageText(shownPath(file), report));
    return report.kind === "damaged" || report.kind === "unknown" ? 1 : 0;
  },
});

/** The report as it is, with chips by their id: what else is known of a chip is no fact of the image. */
function imageJson(file: string, report: ImageReport): string {
  const named = (key: string, value: unknown) =>
    key === "chip" ? (value as { readonly id: string }).id : value;
  return jsonText({ file, ...report }, named);
}
