import type { Finding, Fix } from "../rules/rule";
import { intersects, type Span } from "../text/span";

/** What was found by the rule or check of this id. */
type Problem = Finding & { readonly id: string };

/** A fix on offer and the problem that it mends. */
export interface OfferedFix {
  readonly problem: Problem;
  readonly fix: Fix;
  /** The first fix of its problem: what the editor applies when asked for the best one. */
  readonly isPreferred: boolean;
}

/** The fixes of all problems that touch a range of the text. */
export const fixesAt = (problems: readonly Problem[], range: Span): OfferedFix[] =>
  problems
    .filter(({ at }) => intersects(at, range))
    .flatMap((problem) =>
      (problem.fixes ?? []).map((fix, index) => ({ problem, fix, isPreferred: index === 0 })),
    );
