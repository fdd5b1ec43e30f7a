import { type Following, stepOf } from "./following";

/**
 * In what state a board is that was left on its way, as sentences of the plan. What it is doing right now nobody knows, so
 * it is what a loss of power at this point leads to.
 */
export function boardWords(following: Following): string {
  const { route, current, end } = following;
  if (end === "arrived") return "The board runs MicroPython.";
  const step = route.steps.find(({ id }) => id === current);
  const isBegun = stepOf(following, current)?.begunAt !== undefined;
  if (!step) return "How far the board is, is not known.";
  const state = `The board had come to '${step.title}'${isBegun ? "" : ", which it has not begun"}. Without power now: ${step.powerLoss.during}`;
  return step.isHazardWindow && isBegun
    ? `${state} This is the hazard window of the plan: restore the field state by the cable before the board is used again.`
    : `${state} It goes on by itself as soon as the server is there again; restoring the field state begins anew.`;
}
