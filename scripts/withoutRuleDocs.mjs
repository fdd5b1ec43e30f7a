import { readFile } from "node:fs/promises";

/** `why` and `source` of a rule, each one literal in a line of its own. */
const docs = /^ {2}(?:why|source):\s*"(?:[^"\\]|\\.)*",$/gm;

/**
 * Leaves out what a rule says for its page in the docs: only the command line writes that into its reports, and in every
 * other bundle with rules it would be a third of them.
 */
export const withoutRuleDocs = {
  name: "without rule docs",
  setup(build) {
    build.onLoad({ filter: /[\\/]core[\\/]rules[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(docs, ""),
      loader: "ts",
    }));
  },
};
