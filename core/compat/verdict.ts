import { type BootloaderFinding, sourcedIdf } from "./bootloaderVersion";
import { type ChipQuestion, chipReason, chipRevisionReason } from "./chipReasons";
import { type Reason, reason, type Verdict, worstOf } from "./evidence";
import { type FlashQuestion, flashSizeReason, md5RowReason } from "./flashReasons";
import {
  flashEncryptionReason,
  rollbackReason,
  type SecurityQuestion,
  secureBootReason,
} from "./securityReasons";
import { type VersionQuestion, versionReason } from "./versionReason";

/** Everything that decides whether the devices start MicroPython. What is missing is unknown, and unknown is not fine. */
export interface CompatQuestion extends VersionQuestion, ChipQuestion, FlashQuestion, SecurityQuestion {}

export interface CompatVerdict {
  /** The worst of the reasons; unknown ones make it unknown unless another one refuses. */
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  /** Such as "v4.2": set where it holds only for an app that is built with this ESP-IDF, because no download is. */
  readonly buildWith: string | undefined;
}

/** Whether the bootloader of the devices will start this app with the target table. The one entrance; takes any question. */
export function verdict(question: CompatQuestion): CompatVerdict {
  const { bootloader, app } = question;
  const version = versionReason(question);
  const bootloaderIdf = sourcedIdf(bootloader);
  const reasons = [
    ...contradictionReasons(bootloader),
    version.reason,
    chipReason(question, app),
    chipRevisionReason(question, app, bootloaderIdf),
    flashSizeReason(question),
    md5RowReason(question, bootloaderIdf, version.idf),
    rollbackReason(question, bootloader),
    secureBootReason(question),
    flashEncryptionReason(question),
  ];
  return { verdict: worstOf(reasons.map((one) => one.verdict)), reasons, buildWith: version.buildWith };
}

const contradictionReasons = ({ contradictions, evidence }: BootloaderFinding): readonly Reason[] =>
  contradictions.map((sentence) => reason("bootloader", "unknown", sentence, ...evidence));
