/**
 * `supported`: somebody who answers for it says so. `risky`: it may work, and the evidence says what speaks against it.
 * `unknown`: a fact is missing; it is never to be shown as fine.
 */
export type Verdict = "supported" | "risky" | "refused" | "unknown";

/**
 * Where a statement comes from: `documented` in the documentation or the files of the project itself, `vendor` said by
 * its people (release titles, answers), `reported` by users, `emulated` seen on an emulated chip, `measured` read from,
 * or seen on, the real thing.
 */
export type EvidenceKind = "documented" | "vendor" | "reported" | "emulated" | "measured";

/** `high`: the project's own file or several independent sources; `medium`: one indirect source; `low`: no source was found. */
export type Confidence = "high" | "medium" | "low";

export interface Evidence {
  readonly kind: EvidenceKind;
  /** Where to look it up. */
  readonly source: string;
  readonly sentence: string;
}

/** What a reason is about, in the order in which reasons are shown. */
export type Topic =
  | "bootloader"
  | "version"
  | "chip"
  | "chip-revision"
  | "flash-size"
  | "md5-row"
  | "rollback"
  | "secure-boot"
  | "flash-encryption"
  | "repartitioner";

/** One thing that decides whether the app will start. */
export interface Reason {
  readonly topic: Topic;
  readonly verdict: Verdict;
  /** What is the case and, unless it is fine, what to do. */
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
}

export const evidence = (kind: EvidenceKind, source: string, sentence: string): Evidence => ({
  kind,
  source,
  sentence,
});

export const reason = (
  topic: Topic,
  verdict: Verdict,
  sentence: string,
  ...cited: readonly Evidence[]
): Reason => ({ topic, verdict, sentence, evidence: cited });

const FROM_WORST: readonly Verdict[] = ["refused", "unknown", "risky", "supported"];

/** How good a verdict is; larger is better. */
export const rankOf = (verdict: Verdict): number => FROM_WORST.indexOf(verdict);

/** The worst of several verdicts; what is unknown outweighs everything but a refusal. Of none nothing is known. */
export const worstOf = (verdicts: readonly Verdict[]): Verdict =>
  FROM_WORST.find((verdict) => verdicts.includes(verdict)) ?? "unknown";
