import type { MigrationManifest } from "../project/manifest";
import { setManifestValue } from "../project/setManifestValue";
import { applyEdits } from "../text/span";
import { HEADER } from "./scaffold";

/** The folder of a project, seen from its manifest, where nobody says another one. */
const FOLDER = "repartitioner";

/** The folder of the project whose header the manifest names; the manifest's own folder is never one. */
export function scaffoldFolder({ target }: MigrationManifest): string {
  const header = target?.header ?? "";
  return header.endsWith(`/${HEADER}`) ? header.slice(0, -HEADER.length - 1) : FOLDER;
}

/**
 * The text of a manifest that names the header of a project; undefined where it names one already. `header` is seen from
 * the manifest.
 */
export const manifestWithHeader = (
  text: string,
  { target }: MigrationManifest,
  header: string,
): string | undefined =>
  target?.header === undefined
    ? applyEdits(text, setManifestValue(text, ["target", "header"], header))
    : undefined;
