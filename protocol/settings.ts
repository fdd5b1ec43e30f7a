import type { SeverityOverrides } from "../core/rules/check";
import type { Severity } from "../core/rules/rule";

/** The section of the settings, as in `crossflash.rules.otadata-size`. */
export const settingsSection = "crossflash";

/** The user's settings as far as tables are checked with them. */
export interface Settings {
  readonly severities: SeverityOverrides;
}

/** Reads any value that stands below the section; what is not a setting is left out. */
export function settingsOf(value: unknown): Settings {
  const rules = field(value, "rules");
  const entries = typeof rules === "object" && rules !== null ? Object.entries(rules) : [];
  return { severities: Object.fromEntries(entries.filter(isSeverity)) };
}

/** The field of a value that may be anything. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const isSeverity = (entry: [string, unknown]): entry is [string, Severity | "off"] =>
  ["error", "warning", "information", "off"].includes(String(entry[1]));
