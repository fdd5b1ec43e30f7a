import { context, build as esbuild } from "esbuild";
import { bundles } from "./bundles.mjs";

/** Builds every bundle of the table; `--watch` keeps building. */
const optionsOf = ({ out, entry, ...host }) => ({
  ...host,
  entryPoints: [entry],
  outfile: out,
  bundle: true,
  minify: true,
  keepNames: false,
  sourcemap: "linked",
  sourcesContent: false,
  legalComments: "none",
  // The ES module builds bundle smaller; jsonc-parser's main is UMD, which esbuild cannot follow.
  mainFields: ["module", "main"],
  logLevel: "info",
});

if (process.argv.includes("--watch")) {
  for (const bundle of bundles) await (await context(optionsOf(bundle))).watch();
} else {
  await Promise.all(bundles.map((bundle) => esbuild(optionsOf(bundle))));
}
