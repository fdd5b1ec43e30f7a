import { reportMarkdown } from "../../migrate/report/markdown";
import { MANIFEST_NAME } from "../../project/fileNames";
import { hawkbitRelay } from "../hawkbit/relay";
import { type FleetRelease, imageOf, type ReleaseInput } from "../release";
import { awsIotJob } from "../systems/awsIot";
import { menderArtifact } from "../systems/mender";
import { thingsBoardPackage } from "../systems/thingsBoard";
import { readme } from "./readme";
import { releaseSchema, SCHEMA_NAME } from "./schema";
import { type BundleFile, SUMS_NAME, sumsText } from "./sums";

export const RELEASE_NAME = "release.json";

/** All files of a bundle, the sums last. The same inputs give the same bytes: there is no date and no machine in it. */
export function bundleFiles(
  release: FleetRelease,
  { report, images }: Pick<ReleaseInput, "report" | "images">,
  manifest: Uint8Array,
): readonly BundleFile[] {
  const files = [
    textFile("README.md", readme(release)),
    jsonFile(RELEASE_NAME, { $schema: `./${SCHEMA_NAME}`, ...release }),
    jsonFile(SCHEMA_NAME, releaseSchema),
    textFile("plan.md", reportMarkdown(report)),
    { path: `manifest/${MANIFEST_NAME}`, bytes: manifest },
    ...release.images.map(({ role }) => ({ path: imageOf(release, role).path, bytes: images[role].bytes })),
    jsonFile("hawkbit/relay.json", hawkbitRelay(release.version)),
    ...release.stages.flatMap((stage) => [
      jsonFile(`aws-iot/${stage.order}-${stage.id}.json`, awsIotJob(release, stage)),
      jsonFile(`thingsboard/${stage.order}-${stage.id}.json`, thingsBoardPackage(release, stage)),
      jsonFile(`mender/${stage.order}-${stage.id}.json`, menderArtifact(release, stage)),
    ]),
  ];
  return [...files, textFile(SUMS_NAME, sumsText(files))];
}

const textFile = (path: string, text: string): BundleFile => ({
  path,
  bytes: new TextEncoder().encode(text),
});

const jsonFile = (path: string, value: object): BundleFile =>
  textFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
