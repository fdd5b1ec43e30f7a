import type { MigrationReport } from "./report";

/** The form of the JSON; another number where something in it gets another meaning or goes. */
const FORM = "crossflash-report-1";

/** The report for programs: everything that the others say, without the picture and without the words around it. */
export function reportJson({ picture: _, ...report }: MigrationReport): string {
  return `${JSON.stringify({ form: FORM, ...report }, undefined, 2)}\n`;
}
