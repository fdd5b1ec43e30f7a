import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folders of `firmware/` that a project is made of. */
const FOLDERS = ["core", "port", "project"];

/**
 * The sources of the repartitioner by their paths in `firmware/`: beside the folder of a bundle, where the build copies
 * them, or above that of this source file.
 */
export function readFirmware(from: string): ReadonlyMap<string, string> {
  const root = ["../firmware", "../../firmware"]
    .map((path) => join(from, path))
    .find((path) => existsSync(join(path, "core")));
  if (root === undefined) return new Map();
  return new Map(
    FOLDERS.flatMap((folder) =>
      readdirSync(join(root, folder))
        .sort()
        .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), "utf8")] as const),
    ),
  );
}
