import type { Facts } from "../facts";
import { type BuildConfig, buildConfig, type ConfigFile } from "./buildConfig";
import type { MigrationManifest } from "./manifest";
import { basename, dirname, isInside, isSamePath, join, relativeTo } from "./paths";
import type { Files } from "./surroundings";

/** Where to look for the project of the repartitioner. */
export interface ProjectPlace {
  readonly csvPath: string;
  readonly headerPath: string | undefined;
  readonly manifest: MigrationManifest;
  readonly root: string;
}

/** How its files are read: what is asked for is noted. */
export interface ProjectFiles extends Pick<Files, "inspect"> {
  readonly readText: (path: string) => Promise<string | undefined>;
}

/**
 * What is known of the repartitioner: the configuration of its project, which is the nearest one above its header (above
 * the table where no header is named), and the size of the app that was built there under the name by which the devices
 * download it.
 */
export async function repartitionerFacts(
  place: ProjectPlace,
  files: ProjectFiles,
): Promise<Pick<Facts, "build" | "repartitioner">> {
  const project = await findProject(place, files);
  if (!project) return {};
  return { build: project.build, repartitioner: await builtApp(project.folder, place, files) };
}

async function findProject({ csvPath, headerPath, manifest, root }: ProjectPlace, files: ProjectFiles) {
  const read = async (path: string): Promise<ConfigFile | undefined> => {
    const text = await files.readText(path);
    return text === undefined ? undefined : { name: relativeTo(dirname(csvPath), path), text };
  };
  for (let folder = dirname(headerPath ?? csvPath); ; folder = dirname(folder)) {
    const defaults = await read(join(folder, "sdkconfig.defaults"));
    const generated = await read(join(folder, "sdkconfig"));
    const build: BuildConfig | undefined = buildConfig(defaults, generated, manifest.bootloader);
    if (build) return { folder, build };
    if (isSamePath(folder, root) || !isInside(root, folder)) return undefined;
  }
}

/** As the project of `crossflash scaffold` calls it where no address says otherwise. */
const PROJECT_APP = "repartitioner.bin";

/** ESP-IDF puts the app into `build`; the address of the download says how it is called. */
async function builtApp(
  folder: string,
  { csvPath, manifest: { delivery } }: ProjectPlace,
  { inspect }: ProjectFiles,
): Promise<Facts["repartitioner"]> {
  const name = basename(/^[^?#]*/.exec(delivery?.repartitioner ?? PROJECT_APP)?.[0] ?? "");
  if (!name.endsWith(".bin")) return undefined;
  const path = join(folder, `build/${name}`);
  const report = await inspect(path);
  if (report?.kind !== "app" || report.app.micropython) return undefined;
  const { image, trailing } = report.app;
  return { name: relativeTo(dirname(csvPath), path), size: trailing.signedEnd - image.offset };
}
