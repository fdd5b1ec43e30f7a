import { siblings } from "./siblings.mjs";
import { withoutRuleDocs } from "./withoutRuleDocs.mjs";

/** esbuild's options for a bundle of the table. */
export const optionsOf = ({ out, entry, ...host }) => ({
  ...host,
  entryPoints: [entry],
  outfile: out,
  plugins: [siblings(out), ...(out.startsWith("dist/cli/") ? [] : [withoutRuleDocs])],
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
