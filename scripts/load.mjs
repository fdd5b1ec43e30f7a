import { build } from "esbuild";

const root = new URL("../", import.meta.url);

/** The exports of a TypeScript file, named from the root of the repository, for scripts that run without a build. */
export async function load(entry) {
  const { outputFiles } = await build({
    entryPoints: [new URL(entry, root).pathname],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
