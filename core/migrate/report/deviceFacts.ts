import type { BootloaderFinding } from "../../compat/bootloaderVersion";
import { appName, type CompatApp } from "../../compat/builds";
import type { CompatQuestion } from "../../compat/verdict";
import { revisionText } from "../../job/board";
import { hex, sizeText } from "../../text/units";
import { bytesText } from "../bytesText";
import type { PlannedRepartitioner } from "../plan/plan";
import type { ReportInput } from "./report";
import { protectionWords } from "./words";

/** What is known of the devices, or of what they get; without a value nobody knows it. */
export interface StatedFact {
  readonly label: string;
  readonly value: string | undefined;
}

export const deviceFacts = (input: ReportInput): readonly StatedFact[] => [
  ...ofDevices(input),
  ...ofBootloader(input.question),
  ...ofDelivery(input),
];

const fact = (label: string, value: string | undefined): StatedFact => ({ label, value });

const ofDevices = ({ source, facts, question }: ReportInput): StatedFact[] => [
  fact("Chip", facts.chip?.name),
  fact("Chip revision", mapped(question.chipRevision, revisionText)),
  fact("Flash size", mapped(facts.flashSize, sizeText)),
  fact("Partition table", `at ${hex(source.tableOffset)}`),
  fact(
    "Slot that runs today",
    mapped(source.runningSlot, (name) => `'${name}'`),
  ),
];

const ofBootloader = ({ bootloader, ...question }: CompatQuestion): StatedFact[] => [
  fact("ESP-IDF of the bootloader", idfText(bootloader)),
  fact("Arduino core of the bootloader", bootloader.arduino?.core),
  fact("Flash size in the header of the bootloader", mapped(question.flashSizeInHeader, sizeText)),
  fact("Rollback of updates", protectionWords[question.rollback ?? "unknown"]),
  fact("Secure Boot", protectionWords[question.secureBoot ?? "unknown"]),
  fact("Flash encryption", protectionWords[question.flashEncryption ?? "unknown"]),
];

/** A version that nothing proves is shown as such. */
const idfText = ({ idf, confidence }: BootloaderFinding): string | undefined =>
  idf && (confidence === "low" ? `${idf.text}, for which no source was found` : idf.text);

const ofDelivery = ({ manifest: { delivery = {} }, images, question }: ReportInput): StatedFact[] => [
  fact("Repartitioner, as it is delivered", imageText(images.repartitioner)),
  fact("MicroPython, as it is installed", imageText(images.micropython)),
  fact("Release", releaseText(question.app)),
  fact("Address of the repartitioner", delivery.repartitioner),
  fact("Address of MicroPython", delivery.micropython),
];

const imageText = ({ size, sha256 }: PlannedRepartitioner): string =>
  sha256 === undefined
    ? `not built yet; planned with ${bytesText(size)}, which it may have at most`
    : `${bytesText(size)}, SHA-256 ${sha256}`;

const releaseText = (app: CompatApp): string | undefined =>
  app.release === undefined ? undefined : appName(app);

const mapped = <T>(value: T | undefined, words: (value: T) => string): string | undefined =>
  value === undefined ? undefined : words(value);
