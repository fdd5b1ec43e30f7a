import { dirname, join, relative } from "node:path";
import { bundles } from "./bundles.mjs";

const slashes = (path) => path.replaceAll("\\", "/");

const besides = (out, other) => {
  const path = slashes(relative(dirname(out), other));
  return path.startsWith(".") ? path : `./${path}`;
};

/**
 * `import()` of what is the entry of another bundle loads that bundle on first use, from wherever it is written;
 * everything else goes into the bundle itself.
 */
export const siblings = (out) => ({
  name: "siblings",
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const entry = slashes(relative(".", join(resolveDir, path))).replace(/(\.js)?$/, ".ts");
      const sibling = bundles.find((bundle) => bundle.entry === entry && bundle.out !== out);
      return sibling && { path: besides(out, sibling.out), external: true };
    });
  },
});
