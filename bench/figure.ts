/** One line of the report. */
export interface Figure {
  readonly what: string;
  /** With its unit. */
  readonly value: string;
  /** Times as multiples of the calibration, so that machines compare; processes as multiples of `node -e 0`. */
  readonly ratio?: number;
  readonly budget?: string;
  readonly isOver: boolean;
}

/** A time and, where there is a budget, the most that its ratio to the calibration may be. */
export const timeFigure = (what: string, milliseconds: number, unit: number, budget?: number): Figure => {
  const ratio = milliseconds / unit;
  const value = `${milliseconds.toFixed(milliseconds < 10 ? 3 : 0)} ms`;
  if (budget === undefined) return { what, value, ratio, isOver: false };
  return { what, value, ratio, budget: `${budget}`, isOver: ratio > budget };
};

export function printFigures(title: string, figures: readonly Figure[]): void {
  console.log(
    `\n${title.padEnd(50)}${"measured".padStart(12)}${"ratio".padStart(9)}${"budget".padStart(10)}`,
  );
  for (const { what, value, ratio, budget = "", isOver } of figures) {
    const cells = [value.padStart(12), (ratio?.toFixed(2) ?? "").padStart(9), budget.padStart(10)];
    console.log(`  ${what.padEnd(48)}${cells.join("")}${isOver ? "  OVER" : ""}`);
  }
}
