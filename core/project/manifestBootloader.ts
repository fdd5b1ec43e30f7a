import { type BootloaderClaims, bootloaderVersion } from "../compat/bootloaderVersion";
import type { BootloaderImage } from "../image/bootloader";
import type { Fix } from "../rules/rule";
import type { Span } from "../text/span";
import type { ParsedManifest } from "./manifest";
import { manifestFields } from "./manifestFields";
import { changeTo, type ManifestProblem, manifestProblem } from "./manifestProblem";

/** The image of the bootloader, and the value that names its file. */
interface BootloaderFile {
  readonly at: Span;
  readonly bootloader: BootloaderImage;
}

/**
 * What is said of the version of the bootloader and denied by its image; and where neither is, whether the two statements
 * deny each other.
 */
export function versionContradictions(
  { manifest, spanOf }: ParsedManifest,
  file: BootloaderFile | undefined,
): readonly ManifestProblem[] {
  const { idf, arduino } = manifest.bootloader ?? {};
  const idfAt = spanOf(["bootloader", "idf"]);
  const arduinoAt = spanOf(["bootloader", "arduino"]);
  const image = file?.bootloader;
  const read = bootloaderVersion({ image });
  const denied = [
    ...problemsAt(idfAt, { image, idf }, file?.at, idfFix(idfAt, read.idf?.text)),
    ...problemsAt(arduinoAt, { image, arduino }, file?.at, coreFix(arduinoAt, read.arduino?.core)),
  ];
  if (denied.length > 0) return denied;
  const core = bootloaderVersion({ arduino });
  const certain = core.confidence === "low" ? undefined : core.idf?.text;
  return problemsAt(idfAt, { idf, arduino }, arduinoAt, idfFix(idfAt, certain));
}

function problemsAt(
  at: Span | undefined,
  claims: BootloaderClaims,
  other: Span | undefined,
  fixes: readonly Fix[],
): ManifestProblem[] {
  if (!at) return [];
  return bootloaderVersion(claims).contradictions.map((message) =>
    manifestProblem("manifest-bootloader", {
      at,
      message,
      ...(other ? { related: [{ at: other, message: "This says otherwise." }] } : {}),
      fixes,
    }),
  );
}

const { idf: idfField, arduino: coreField } = manifestFields.bootloader.fields;

/** Only where the version was named: bounds are none that could be written here. */
const idfFix = (at: Span | undefined, version = ""): Fix[] =>
  at && idfField.kind.isValid(version) ? [changeTo("the version", at, version)] : [];

const coreFix = (at: Span | undefined, version = ""): Fix[] =>
  at && coreField.kind.isValid(version) ? [changeTo("the core", at, version)] : [];
