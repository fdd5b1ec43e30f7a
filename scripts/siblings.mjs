import { dirname, join, relative } from "node:path";
import { bundles } from "./bundles.mjs";

const slashes = (path) => path.replaceAll("\\", "/");

const besides = (out, other) => {
  const path = slashes(relative(dirname(out), other));
  return path.startsWith(".") ? path : `./${path}`;
};

const sourceOf = (path) => (path.endsWith(".json") ? path : path.replace(/(\.js)?$/, ".ts"));

/**
 * `import()` of what is the entry of another bundle loads that bundle on first use, from wherever it is written;
 * everything else goes into the bundle itself.
 */
export const siblings = (out) => ({
  name: "siblings",
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const entry = sourceOf(slashes(relative(".", join(resolveDir, path))));
      const sibling = bundles.find((bundle) => bundle.entry === entry && bundle.out !== out);
      return sibling && { path: besides(out, sibling.out), external: true };
    });
  },
});
