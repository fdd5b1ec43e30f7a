import { type Advice, advise } from "../../compat/advice";
import type { CompatQuestion, CompatVerdict } from "../../compat/verdict";
import { editOptions } from "../../edit/options";
import type { Picture } from "../../picture/picture";
import { comparisonOf, sourceScene, targetScene } from "../../picture/tables";
import type { MigrationManifest } from "../../project/manifest";
import { entryRows } from "../entryRows";
import type { MigrationPlan, PlanInput } from "../plan/plan";
import type { Proposal } from "../solve/proposal";
import { type Conclusion, conclusionOf } from "./conclusion";
import { deviceFacts, type StatedFact } from "./deviceFacts";
import { fingerprintOf } from "./fingerprint";
import { type InputFile, missingInputs, sortedInputs } from "./inputs";

/** A migration, and what was found out about it. Sizes in bytes. */
export interface ReportInput extends PlanInput {
  readonly manifest: MigrationManifest;
  /** Every file from which anything here follows. */
  readonly inputs: readonly InputFile[];
  /** What was asked, and the answer. */
  readonly question: CompatQuestion;
  readonly verdict: CompatVerdict;
  readonly plan: MigrationPlan;
  /** The layouts that could be chosen from. */
  readonly proposals?: readonly Proposal[] | undefined;
  /** Of Crossflash. */
  readonly toolVersion: string;
}

/** A migration to read, to review and to sign. Plain data without functions; the writers print it. */
export interface MigrationReport
  extends Pick<ReportInput, "source" | "target" | "images" | "verdict" | "plan" | "toolVersion"> {
  readonly conclusion: Conclusion;
  readonly devices: readonly StatedFact[];
  readonly inputs: readonly InputFile[];
  /** Titles of files without which nobody knows what is signed. */
  readonly missing: readonly string[];
  /** `strict`: as the published procedure has it; `documented`: as Espressif's documentation does. */
  readonly rule: CompatQuestion["rule"];
  /** Which release would fit; only where the versions of this one are not supported. */
  readonly advice?: Advice | undefined;
  readonly picture: Picture;
  readonly proposals: readonly Proposal[];
  /** See `fingerprintOf`. */
  readonly fingerprint: string;
}

/** The report of a migration that may be done or not: also why not is worth reading. */
export function migrationReport(input: ReportInput): MigrationReport {
  const { source, target, images, question, verdict, plan, proposals = [], toolVersion } = input;
  const missing = missingInputs(input.inputs);
  return {
    source,
    target,
    images,
    verdict,
    plan,
    toolVersion,
    conclusion: conclusionOf({ verdict, plan, missing }),
    devices: deviceFacts(input),
    inputs: sortedInputs(input.inputs),
    missing,
    rule: question.rule,
    ...(isVersionSupported(verdict) ? {} : { advice: advise(question) }),
    picture: pictureOf(input),
    proposals,
    fingerprint: fingerprintOf(input),
  };
}

const isVersionSupported = ({ reasons }: CompatVerdict): boolean =>
  reasons.some(({ topic, verdict }) => topic === "version" && verdict === "supported");

function pictureOf({ source, target, images, facts }: PlanInput): Picture {
  const options = editOptions({
    ...facts,
    tableOffset: source.tableOffset,
    primaryBootloaderOffset: facts.primaryBootloaderOffset ?? facts.chip?.bootloaderOffset,
  });
  const before = entryRows(source.entries);
  const after = entryRows(target);
  const binary = {
    title: facts.micropython?.title || "MicroPython",
    appSize: images.micropython.size,
  };
  return {
    title: "Partition table",
    scene: targetScene(after, { options, binary, isMigrated: true }),
    comparison: comparisonOf(sourceScene(before, options), before, after, options),
    binary,
  };
}
