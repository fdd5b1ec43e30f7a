import type { ChipTarget } from "../chip/targets";
import type { AppImage } from "../image/appImage";
import { type ImageReport, inspectImage } from "../image/inspect";
import { sha256Hex } from "../image/sha256Hex";
import type { NamedFile } from "../job/files";
import { bytesText } from "../migrate/bytesText";
import { chosenBinary } from "../project/chosenBinary";
import type { DeliveredImage } from "./events";
import { finding, type ImageFinding } from "./finding";

/** An image that may be sent as far as the file itself tells. */
export interface VettedImage {
  readonly image: DeliveredImage;
  /** As people name the file. */
  readonly name: string;
  /** What is sent: the app with its signature, without what may stand behind it. */
  readonly bytes: Uint8Array;
  /** Of these bytes; 64 hexadecimal digits. */
  readonly sha256: string;
  readonly chip: ChipTarget;
}

export interface VettedFile {
  /** Undefined where there is an error among the findings. */
  readonly vetted: VettedImage | undefined;
  readonly findings: readonly ImageFinding[];
}

/** Looks whether a file is what the devices expect under this name: one intact app, and the right one of the two. */
export function vetFile(image: DeliveredImage, file: NamedFile): VettedFile {
  const report = inspectImage(file.bytes);
  if (report.kind !== "app") return refusedFile(finding("error", image, notAnApp(file.name, report)));
  const { app } = report;
  const swapped = swappedText(image, file.name, app);
  if (swapped !== undefined) return refusedFile(finding("error", image, swapped));
  const bytes = file.bytes.slice(app.image.offset, app.trailing.signedEnd);
  return {
    vetted: { image, name: file.name, bytes, sha256: sha256Hex(bytes), chip: app.image.chip },
    findings: remarks(file, app).map((message) => finding("warning", image, message)),
  };
}

const refusedFile = (found: ImageFinding): VettedFile => ({ vetted: undefined, findings: [found] });

const notAnApp = (name: string, report: Exclude<ImageReport, { readonly kind: "app" }>): string =>
  report.kind === "combined" || report.kind === "flash-dump"
    ? `'${name}' is bootloader, partition table and app in one file, for writing by a cable. Only the app in it may be sent over the air: extract it, and name that file instead.`
    : `'${name}' cannot be sent. ${chosenBinary(name, report).fault}`;

/** A device that gets the wrong one of the two is lost: nobody but this server sees it in time. */
function swappedText(image: DeliveredImage, name: string, { micropython }: AppImage): string | undefined {
  if (image === "repartitioner" && micropython)
    return `'${name}' is MicroPython ${micropython.version}, but it stands in the place of the repartitioner. Name the app that changes the table.`;
  if (image === "micropython" && !micropython)
    return `'${name}' is an app without MicroPython in it, but it stands in the place of MicroPython. Were the two files swapped?`;
  return undefined;
}

function remarks({ name, bytes }: NamedFile, { image, trailing }: AppImage): string[] {
  const behind = bytes.length - trailing.signedEnd;
  return [
    ...(trailing.content === "other"
      ? [`'${name}' has ${bytesText(behind)} behind its app that nobody knows. They are not sent.`]
      : []),
    ...(image.sha256 === undefined
      ? [`'${name}' carries no SHA-256 of its own, so only its checksum was verified.`]
      : []),
  ];
}
