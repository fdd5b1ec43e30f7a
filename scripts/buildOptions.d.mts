import type { BuildOptions } from "esbuild";
import type { bundles } from "./bundles.mjs";

export function optionsOf(bundle: (typeof bundles)[number]): BuildOptions;
