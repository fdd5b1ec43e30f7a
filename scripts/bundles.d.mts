import type { BuildOptions } from "esbuild";

/** How each bundle is built: its file, its entry, and esbuild's options for its host. */
export const bundles: readonly (BuildOptions & { readonly out: string; readonly entry: string })[];
