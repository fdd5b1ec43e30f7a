import type { Advice } from "../../core/compat/advice";
import { appName, type CompatApp } from "../../core/compat/builds";
import type { Evidence, Reason, Verdict } from "../../core/compat/evidence";
import type { CompatQuestion, CompatVerdict } from "../../core/compat/verdict";
import { evidenceWords, NOT_KNOWN, STATED, topicTitles, verdictWords } from "../../core/migrate/report/words";
import { columns } from "../../core/text/columns";
import { type Line, type Style, styled } from "../report/line";

/** What was asked and what the answer is; no verdict where nobody said which MicroPython is meant. */
export interface CompatReport {
  readonly question: CompatQuestion;
  readonly verdict: CompatVerdict | undefined;
  readonly advice: Advice;
}

export const compatLines = ({ question, verdict, advice }: CompatReport): Line[] => [
  ...(verdict ? verdictLines(verdict) : [[styled("warning", "Unknown"), `: ${NO_APP}`]]),
  "",
  ...columns([
    ["Bootloader", bootloaderText(question)],
    ["MicroPython", verdict ? appText(question.app) : NOT_KNOWN],
    ["Rule", question.rule],
  ]).map((line) => `  ${line}`),
  ...(verdict?.reasons ?? []).flatMap(reasonLines),
  "",
  [styled("strong", "Which release fits")],
  `  ${advice.sentence}`,
  ...advice.evidence.map(evidenceLine),
];

const NO_APP = "no MicroPython was named. Name one with --micropython.";

const verdictLines = ({ verdict, buildWith }: CompatVerdict): Line[] => [
  [styled(styles[verdict], verdictWords[verdict]), verdictEnds[verdict]],
  ...(buildWith === undefined
    ? []
    : [`It holds only for a MicroPython that is built with ESP-IDF ${buildWith}: no download is.`]),
];

const styles: Readonly<Record<Verdict, Style>> = {
  refused: "error",
  unknown: "warning",
  risky: "warning",
  supported: "strong",
};

const verdictEnds: Readonly<Record<Verdict, string>> = {
  refused: ": do not give this app to these devices.",
  unknown: ": something that decides it is not known.",
  risky: ": the devices may start this app, but something speaks against it.",
  supported: ": all that is known says that the devices start this app.",
};

const bootloaderText = ({ bootloader: { idf, arduino, confidence } }: CompatQuestion): string =>
  [
    idf ? `ESP-IDF ${idf.text}` : `ESP-IDF ${NOT_KNOWN}`,
    ...(arduino ? [`Arduino core ${arduino.core}`] : []),
    ...(confidence === "low" ? ["for which no source was found"] : []),
  ].join(", ");

const appText = (app: CompatApp): string =>
  app.image?.idfVersion === undefined ? appName(app) : `${appName(app)}, ESP-IDF ${app.image.idfVersion}`;

const reasonLines = ({ topic, verdict, sentence, evidence }: Reason): Line[] => [
  "",
  [styled(styles[verdict], verdictWords[verdict]), ": ", styled("strong", topicTitles[topic])],
  `  ${sentence}`,
  ...(evidence.length === 0 ? [`  - ${STATED}`] : evidence.map(evidenceLine)),
];

const evidenceLine = ({ kind, source, sentence }: Evidence): Line => [
  `  - ${evidenceWords[kind]}: ${sentence} `,
  styled("faint", `(${source})`),
];

/** The same for programs: versions as they are written. */
export const compatFacts = ({ question, verdict, advice }: CompatReport) => ({
  verdict: verdict?.verdict ?? "unknown",
  rule: question.rule,
  bootloader: {
    ...question.bootloader,
    idf: question.bootloader.idf?.text ?? null,
    arduino: question.bootloader.arduino?.core ?? null,
  },
  app: verdict
    ? { release: question.app.release ?? null, idf: question.app.image?.idfVersion ?? null }
    : null,
  chip: question.chip?.id ?? null,
  buildWith: verdict?.buildWith ?? null,
  reasons: verdict?.reasons ?? [],
  advice: { ...advice, port: advice.port ?? null },
});
