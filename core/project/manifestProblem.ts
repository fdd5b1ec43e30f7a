import type { Finding, Fix, Severity } from "../rules/rule";
import type { Span } from "../text/span";

/** Every problem that `crossflash.json` itself can have, by id, with one sentence for the docs. */
export const manifestProblemKinds = {
  "manifest-syntax": {
    severity: "error",
    summary: "The file must be JSON; comments and trailing commas are allowed.",
  },
  "manifest-key": {
    severity: "warning",
    summary: "A key that is not known, or stands twice, has no effect.",
  },
  "manifest-type": { severity: "error", summary: "Every value is a string; groups of values are objects." },
  "manifest-value": { severity: "error", summary: "A value must be one that the field can have." },
  "manifest-path": { severity: "error", summary: "Paths must stay in the workspace." },
  "manifest-file": { severity: "error", summary: "The files that are named must exist." },
  "manifest-image": { severity: "error", summary: "Files must be intact and of the right kind." },
  "manifest-combined": {
    severity: "error",
    summary: "Only MicroPython's app may be installed over the air, not the combined file.",
  },
  "manifest-chip": { severity: "error", summary: "Binaries must be built for the chip that is named." },
  "manifest-flash-size": {
    severity: "error",
    summary: "The flash size must be the one in the header of the devices' bootloader.",
  },
  "manifest-table-offset": {
    severity: "error",
    summary: "The partition table must lie where the dump of a device has it.",
  },
  "manifest-source-table": {
    severity: "error",
    summary: "The source table must be the one that the dump of a device has.",
  },
  "manifest-bootloader": {
    severity: "error",
    summary: "What is said of the bootloader's version must agree with its image, and with itself.",
  },
} as const satisfies Record<string, { readonly severity: Severity; readonly summary: string }>;

export type ManifestProblemId = keyof typeof manifestProblemKinds;

/** A problem of the manifest. Offsets refer to the manifest's text. */
export interface ManifestProblem extends Finding {
  readonly id: ManifestProblemId;
  readonly severity: Severity;
}

export const manifestProblem = (id: ManifestProblemId, finding: Finding): ManifestProblem => ({
  ...finding,
  id,
  severity: manifestProblemKinds[id].severity,
});

/** Gives a value another text; `what` is the value as the title names it. */
export const changeTo = (what: string, at: Span, value: string): Fix => ({
  title: `Change ${what} to "${value}"`,
  edits: [{ span: at, newText: JSON.stringify(value) }],
});

export const chooseMicroPython: Fix = { title: "Choose MicroPython Binary…", action: "choose-micropython" };
