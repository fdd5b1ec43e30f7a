import type { Evidence, Reason } from "../../compat/evidence";
import { type Block, heading, items, paragraph } from "./blocks";
import type { MigrationReport } from "./report";
import { evidenceWords, STATED, topicTitles } from "./words";

/** What decides whether the devices start MicroPython: every reason with its evidence, and what would fit better. */
export const verdictBlocks = ({ verdict, rule, advice }: MigrationReport): Block[] => [
  heading(2, "Will the devices start it?"),
  paragraph(rules[rule]),
  ...verdict.reasons.flatMap(reasonBlocks),
  ...(advice
    ? [
        heading(3, "Which release would fit"),
        paragraph(advice.sentence),
        ...items(advice.evidence.map(evidenceText)),
      ]
    : []),
];

const rules = {
  strict:
    "Judged by the strict rule of the published procedure: the ESP-IDF of the app is at least that of the bootloader, and of the same major version.",
  documented:
    "Judged by the looser rule of Espressif's documentation, which was chosen in place of the strict one: the ESP-IDF of the app is at least that of the bootloader; its major version may be another.",
} as const;

const reasonBlocks = ({ topic, verdict, sentence, evidence }: Reason): Block[] => [
  heading(3, topicTitles[topic]),
  paragraph(sentence, verdict),
  ...items(evidence.length === 0 ? [STATED] : evidence.map(evidenceText)),
];

const evidenceText = ({ kind, source, sentence }: Evidence): string =>
  `${evidenceWords[kind]}: ${sentence} (${source})`;
