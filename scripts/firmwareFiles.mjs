import { cp, rm } from "node:fs/promises";

/** What a generated project is made of; the tests of the C core stay here. */
const folders = ["core", "port", "project"];

/** The sources of the repartitioner, beside the bundles: they are packaged as files. */
export async function copyFirmware() {
  await rm("dist/firmware", { recursive: true, force: true });
  for (const folder of folders)
    await cp(`firmware/${folder}`, `dist/firmware/${folder}`, { recursive: true });
}
