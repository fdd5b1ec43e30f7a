import type { ChipId, ChipTarget } from "../chip/targets";
import type { AppImage } from "../image/appImage";
import type { ImageHeader } from "../image/header";
import { type MicroPythonRow, micropythonRow } from "./data/micropython";
import { PUBLISHED_PROCEDURE, publishedRows } from "./data/publishedTable";
import { type Evidence, evidence } from "./evidence";
import { type IdfVersion, parseIdfVersion } from "./idfVersion";

/** The MicroPython that the devices shall run: its image, or only the release that somebody thinks of. */
export interface CompatApp {
  /** How a sentence about it begins, where it is not MicroPython. */
  readonly name?: string | undefined;
  /** "1.14" or "v1.20.0"; also where there is an image. */
  readonly release?: string | undefined;
  readonly image?: CompatImage | undefined;
}

/** What an image says of what it needs. */
export interface CompatImage
  extends Pick<ImageHeader, "chip" | "minChipRevision" | "maxChipRevision" | "flashFrequency"> {
  /** Of its descriptor; undefined for apps of ESP-IDF v3.2 and earlier. */
  readonly idfVersion: string | undefined;
}

/** An ESP-IDF with which the app is, or can be, built. */
export interface AppBuild {
  readonly idf: IdfVersion;
  /** `image`: it is; `download`: what the project publishes; `own`: whoever builds it can; `experimental`: so its project calls it. */
  readonly how: "image" | "download" | "own" | "experimental";
  readonly evidence: readonly Evidence[];
}

/** What is asked of an app that was read from a file. */
export function compatApp({ image, descriptor, micropython }: AppImage): CompatApp {
  const { chip, minChipRevision, maxChipRevision, flashFrequency } = image;
  const { major, minor, patch } = micropython?.release ?? {};
  return {
    release: major === undefined ? undefined : `${major}.${minor}.${patch}`,
    image: {
      chip,
      minChipRevision,
      maxChipRevision,
      flashFrequency,
      idfVersion: descriptor?.idfVersion,
    },
  };
}

/** How to call the app in a sentence. */
export const appName = ({ name = "The app", release }: CompatApp): string =>
  release === undefined ? name : `MicroPython ${release.replace(/^v/, "")}`;

const NEWER_CHIPS: readonly ChipId[] = ["esp32s2", "esp32s3", "esp32c3"];

/** What the image says; without it what the release was, and can be, built with. Empty where nothing is known. */
export function buildsOf({ release, image }: CompatApp, chip: ChipTarget | undefined): readonly AppBuild[] {
  const read = image?.idfVersion === undefined ? undefined : parseIdfVersion(image.idfVersion);
  if (read) {
    const said = evidence(
      "measured",
      "descriptor of the app",
      `The app says that ESP-IDF ${read.text} built it.`,
    );
    return [{ idf: read, how: "image", evidence: [said] }];
  }
  const row = release === undefined ? undefined : micropythonRow(release);
  return row ? buildsOfRow(row, chip) : [];
}

function buildsOfRow(row: MicroPythonRow, chip: ChipTarget | undefined): readonly AppBuild[] {
  const download = downloadIdf(row, chip);
  const published = publishedRows
    .filter(({ releases }) => releases.includes(row.release))
    .map(({ idf }) => idf);
  const own = new Set([...row.supported, ...published]);
  own.delete(download);
  return [
    build(download, "download", [projectSays(row, download), ...publishedSays(row, download)]),
    ...[...own].map((idf) => build(idf, "own", [projectSays(row, idf), ...publishedSays(row, idf)])),
    ...row.experimental.map((idf) => build(idf, "experimental", [projectSays(row, idf)])),
  ].flat();
}

const downloadIdf = (row: MicroPythonRow, chip: ChipTarget | undefined): string =>
  (chip && NEWER_CHIPS.includes(chip.id) ? row.idfOfNewerChips : undefined) ?? row.idf;

function build(text: string, how: AppBuild["how"], cited: readonly Evidence[]): readonly AppBuild[] {
  const idf = parseIdfVersion(text);
  return idf ? [{ idf, how, evidence: cited }] : [];
}

function projectSays(row: MicroPythonRow, idf: string): Evidence {
  const { release, source, confidence } = row;
  const says = (words: string) => evidence("documented", source, `MicroPython ${release} ${words}.`);
  if ([row.idf, row.idfOfNewerChips].includes(idf))
    return says(
      confidence === "high" ? `is built with ESP-IDF ${idf}` : `is probably built with ESP-IDF ${idf}`,
    );
  if (row.supported.includes(idf)) return says(`supports ESP-IDF ${idf}`);
  if (row.experimental.includes(idf)) return says(`names ESP-IDF ${idf} as experimental`);
  return says(`names ESP-IDF ${row.idf}, not ${idf}`);
}

const publishedSays = ({ release }: MicroPythonRow, idf: string): readonly Evidence[] =>
  publishedRows.some((row) => row.idf === idf && row.releases.includes(release))
    ? [
        evidence(
          "reported",
          PUBLISHED_PROCEDURE,
          `Its table lists MicroPython ${release} for ESP-IDF ${idf}.`,
        ),
      ]
    : [];
