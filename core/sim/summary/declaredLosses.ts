import { expectedLosses, type Fleet } from "../losses";
import type { ExpectedLosses, OperationReport } from "../report";

/**
 * The losses where not every operation was cut: then nobody knows how long a device is at risk but for the window that is
 * declared.
 */
export function declaredLosses(
  fleet: Fleet,
  starts: readonly (readonly OperationReport[])[],
): ExpectedLosses {
  const losses = expectedLosses(fleet, starts.map(asDeclared));
  return { ...losses, assumptions: [DECLARED_ONLY, ...losses.assumptions] };
}

const DECLARED_ONLY =
  "Only the window that the plan declares is counted, whole: how long every other operation is at risk the exhaustive schedule finds out.";

const asDeclared = (operations: readonly OperationReport[]): readonly OperationReport[] =>
  operations
    .filter(({ isHazard }) => isHazard)
    .map((operation) => ({
      ...operation,
      cuts: [{ id: "", at: "begun", verdict: "bricked", isDeclared: true }],
    }));
