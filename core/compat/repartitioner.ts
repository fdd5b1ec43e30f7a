import { sourcedIdf } from "./bootloaderVersion";
import type { CompatApp, CompatImage } from "./builds";
import { chipReason, chipRevisionReason } from "./chipReasons";
import { evidence, type Reason, reason, worstOf } from "./evidence";
import { parseIdfVersion } from "./idfVersion";
import { judgePair } from "./pair";
import type { CompatQuestion, CompatVerdict } from "./verdict";

/** The verdict on MicroPython, and on the repartitioner that has to start before it. */
export function withRepartitioner(
  answer: CompatVerdict,
  question: CompatQuestion,
  image: CompatImage,
): CompatVerdict {
  const reasons = [...answer.reasons, repartitionerReason(question, image)];
  return { ...answer, reasons, verdict: worstOf(reasons.map(({ verdict }) => verdict)) };
}

/** Whether the bootloader starts the repartitioner: it is an app like MicroPython, of its own ESP-IDF and for a chip. */
export function repartitionerReason(question: CompatQuestion, image: CompatImage): Reason {
  const app: CompatApp = { image, name: "The repartitioner" };
  const parts = [
    idfReason(question, image),
    chipReason(question, app),
    chipRevisionReason(question, app, sourcedIdf(question.bootloader)),
  ];
  const verdict = worstOf(parts.map((part) => part.verdict));
  const said = verdict === "supported" ? parts : parts.filter((part) => part.verdict !== "supported");
  return reason(
    "repartitioner",
    verdict,
    said.map(({ sentence }) => sentence).join(" "),
    ...said.flatMap((part) => part.evidence),
  );
}

function idfReason(
  { bootloader, rule, chip }: CompatQuestion,
  { idfVersion, flashFrequency }: CompatImage,
): Reason {
  const app = idfVersion === undefined ? undefined : parseIdfVersion(idfVersion);
  if (!app)
    return about(
      "unknown",
      "The repartitioner does not say which ESP-IDF built it. Build it with the ESP-IDF of the bootloader.",
    );
  const said = evidence(
    "measured",
    "descriptor of the repartitioner",
    `It says that ESP-IDF ${app.text} built it.`,
  );
  const of = sourcedIdf(bootloader);
  if (!of)
    return about(
      "unknown",
      `The repartitioner is of ESP-IDF ${app.text}, but it is not known for certain which one built the bootloader of the devices.`,
      said,
    );
  const clocks = { bootloader: bootloader.flashClock, app: flashFrequency };
  const { verdict, words, clock, evidence: cited } = judgePair({ bootloader: of, app, chip, clocks }, rule);
  const help =
    verdict === "supported" || clock !== "" ? clock : "Build it with the ESP-IDF of the bootloader.";
  return about(verdict, `The repartitioner ${words}. ${help}`.trim(), said, ...cited);
}

const about = (verdict: Reason["verdict"], sentence: string, ...cited: Reason["evidence"]): Reason =>
  reason("repartitioner", verdict, sentence, ...cited);
