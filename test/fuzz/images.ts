import { extractApp } from "../../core/image/combined";
import { type ImageReport, inspectImage } from "../../core/image/inspect";
import type { EspImage } from "../../core/image/readImage";
import { chosenBinary } from "../../core/project/chosenBinary";
import { decodeTable } from "../../core/table/decode";
import { findTables } from "../../core/table/locate";
import {
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  micropythonTexts,
} from "../support/imageFixture";
import { tableSeeds } from "./corpus";
import { expectThat } from "./expect";
import { mutatedBytes } from "./mutateBytes";
import { sealImages } from "./sealImages";
import { sameDecoded } from "./table";
import { bytesTarget } from "./target";

/** Small ones: the ESP32-S3 has its bootloader at 0, and nothing keeps a table or an app of a test from following closely. */
const rows = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x3000, size: 0x1000 },
  { label: "otadata", type: 1, subtype: 0, offset: 0x4000, size: 0x1000 },
  { label: "ota_0", type: 0, subtype: 0x10, offset: 0x5000, size: 0x1000 },
  { label: "ota_1", type: 0, subtype: 0x11, offset: 0x6000, size: 0x1000 },
];
const app = makeMicroPython({ chip: "esp32s3" });
const combined = { chip: "esp32s3", rows, tableOffset: 0x2000 } as const;

const seeds: readonly Uint8Array[] = [
  ...tableSeeds.filter((_, index) => index % 8 === 0),
  makeApp(),
  makeApp({ chip: "esp32c3", descriptor: "none", hash: "none" }),
  makeMicroPython(),
  makeMicroPython({
    chip: "esp32s3",
    texts: micropythonTexts("v1.12", "ESP module (OTA, spiram) with ESP32"),
  }),
  makeBootloader({ idfVersion: "v5.3.1" }),
  makeBootloader({ texts: ["2nd stage bootloader", "v3.3.5", "(%u) %s:", "invalid magic number"] }),
  makeCombined({ ...combined, apps: { ota_0: app } }),
  makeCombined({ ...combined, apps: { ota_0: app, ota_1: makeApp({ chip: "esp32s3" }) } }),
  new Uint8Array(0),
];

export const imageTarget = bytesTarget(
  "image",
  (random) => mutatedBytes(random, seeds, sealImages),
  (bytes) => {
    checkImage(bytes);
    checkTables(bytes);
  },
);

export function checkImage(bytes: Uint8Array): void {
  const report = inspectImage(bytes);
  expectThat(report.size === bytes.length, "the report has another size");
  for (const image of imagesOf(report)) expectImage(image, bytes);
  const { kind, fault, appSize } = chosenBinary("x.bin", report);
  expectThat((kind === "unusable") === fault.length > 0, "an unusable binary has a reason, others have none");
  expectThat(kind === "unusable" || (0 < appSize && appSize <= bytes.length), `an app of ${appSize} bytes`);
  if ("failure" in report) expectThat(/^[A-Z].*[.]$/s.test(report.failure.message), report.failure.message);
  const extracted = extractApp(bytes);
  if (extracted.ok) expectThat(inspectImage(extracted.value).kind === "app", "what was extracted is no app");
}

function imagesOf(report: ImageReport): EspImage[] {
  if (report.kind === "app") return [report.app.image];
  if (report.kind === "bootloader") return [report.bootloader.image];
  return "bootloader" in report ? [report.bootloader.image, report.app.image] : [];
}

function expectImage({ offset, size, segments }: EspImage, bytes: Uint8Array): void {
  expectThat(offset >= 0 && size > 0 && offset + size <= bytes.length, "an image leaves its file");
  for (const segment of segments)
    expectThat(
      offset < segment.offset && segment.offset + segment.size <= offset + size,
      "a segment leaves its image",
    );
}

function checkTables(bytes: Uint8Array): void {
  const decoded = decodeTable(bytes);
  if (decoded.ok) sameDecoded(decoded.value, bytes);
  for (const { at, table } of findTables(bytes)) {
    expectThat(at % 0x1000 === 0 && table.entries.length > 0, `an empty table at ${at}`);
    sameDecoded(table, bytes.subarray(at));
  }
}
