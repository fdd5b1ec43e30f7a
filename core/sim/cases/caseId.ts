import type { CaseCut, NetworkFault, ShortLives, SimulationCase } from "./case";

/**
 * The id of a case: `safe:ota_0:137@middle+140@before`.
 *
 * ```text
 * case   = procedure ":" slot ":" cuts { ":" fault }
 * cuts   = "clean" | "lives-" operations | cut { "+" cut }
 * cut    = operation "@" position [ "~" seed ]
 * fault  = kind [ "@" byte ] [ "." image ] "." ( "x" count | "always" )
 * ```
 */
export const caseId = ({ procedure, slot, cuts, faults }: SimulationCase): string =>
  [procedure, slot, cutsText(cuts), ...faults.map(faultText)].join(":");

const cutsText = (cuts: SimulationCase["cuts"]): string => {
  if (isShortLives(cuts)) return `lives-${cuts.firstLife}`;
  return cuts.length === 0 ? "clean" : cuts.map(cutText).join("+");
};

export const isShortLives = (cuts: SimulationCase["cuts"]): cuts is ShortLives => "firstLife" in cuts;

const cutText = ({ operation, at, seed }: CaseCut): string =>
  `${operation}@${at}${seed === 0 ? "" : `~${seed}`}`;

const faultText = ({ kind, at, image, times }: NetworkFault): string =>
  [
    at === undefined ? kind : `${kind}@${at}`,
    ...(image ? [image] : []),
    times === "always" ? times : `x${times}`,
  ].join(".");
