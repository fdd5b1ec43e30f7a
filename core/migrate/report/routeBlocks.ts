import { bytesText } from "../bytesText";
import type { MigrationStep, Range, Route } from "../plan/plan";
import { type Block, heading, type Mark, paragraph, table, terms } from "./blocks";
import type { MigrationReport } from "./report";
import { bootableSentence, bootableText, downloadText, durationText, effectText, wearText } from "./words";

/** The steps, for each slot from which a device may run today. */
export const routeBlocks = ({ plan: { routes, basis } }: MigrationReport): Block[] =>
  routes.length === 0
    ? [heading(2, "Steps"), paragraph("There are no steps: this migration must not be done.", "refused")]
    : [...routes.flatMap(blocksOf), paragraph(basis)];

const blocksOf = ({ start, steps }: Route): Block[] => [
  heading(2, `Steps of a device that runs from '${start}'`),
  paragraph(totalText(steps)),
  overview(steps),
  ...steps.flatMap(stepBlocks),
];

function totalText(steps: readonly MigrationStep[]): string {
  const bytes = steps.reduce((sum, { network }) => sum + (network?.bytes ?? 0), 0);
  const seconds = steps.reduce<Range>(
    (sum, step) => ({
      typical: sum.typical + step.seconds.typical,
      most: sum.most + step.seconds.most,
    }),
    { typical: 0, most: 0 },
  );
  return `${steps.length} steps. Downloads: ${bytesText(bytes)}. Erasing and writing in all: ${durationText(seconds)}`;
}

const overview = (steps: readonly MigrationStep[]): Block =>
  table(
    [
      { title: "Step", isNumber: true },
      { title: "What happens" },
      { title: "Starts after it" },
      { title: "Danger" },
    ],
    steps.map((step, index) => [
      String(index + 1),
      step.title,
      bootableText(step.bootable),
      marksOf(step)
        .map(([, words]) => words)
        .join(", "),
    ]),
  );

type Marked = readonly [mark: Mark, short: string, sentence: string];

const marksOf = ({ isHazardWindow, isPointOfNoReturn }: MigrationStep): readonly Marked[] => [
  ...(isHazardWindow ? [HAZARD] : []),
  ...(isPointOfNoReturn ? [NO_RETURN] : []),
];

const HAZARD: Marked = [
  "hazard",
  "hazard window",
  "A device that loses its power during this step must be mended by a cable.",
];
const NO_RETURN: Marked = [
  "no-return",
  "point of no return",
  "From this step on the firmware of today cannot be started any more.",
];

const stepBlocks = (step: MigrationStep, index: number): Block[] => [
  heading(3, `${index + 1}. ${step.title}`),
  ...marksOf(step).map(([mark, , sentence]) => paragraph(sentence, mark)),
  terms(
    [
      { term: "Before it", texts: [step.precondition] },
      { term: "What it does", texts: [step.does] },
      {
        term: "In flash",
        texts: step.flash.length === 0 ? ["Nothing changes."] : step.flash.map(effectText),
      },
      { term: "Download", texts: step.network ? [downloadText(step.network)] : [] },
      { term: "Can be started after it", texts: [bootableSentence(step.bootable)] },
      { term: "Power lost during it", texts: [step.powerLoss.during] },
      { term: "Power lost after it", texts: [step.powerLoss.after] },
      { term: "Takes", texts: [durationText(step.seconds)] },
      { term: "Wear", texts: [wearText(step.eraseCycles)] },
      { term: "Published procedure", texts: publishedText(step) },
    ].filter(({ texts }) => texts.length > 0),
  ),
];

const publishedText = ({ published }: MigrationStep): readonly string[] =>
  published.length === 0
    ? ["Has no such step."]
    : [`${published.length === 1 ? "Step" : "Steps"} ${published.join(", ")}.`];
