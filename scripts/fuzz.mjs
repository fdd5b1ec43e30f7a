/** `npm run fuzz -- --count N --seed S --only csv|image|header|manifest`: mutated inputs from a seed; see test/fuzz. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
await build({
  entryPoints: ["test/fuzz/main.ts", "test/fuzz/worker.ts"],
  outdir: "out/fuzz",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  mainFields: ["module", "main"],
});
process.setSourceMapsEnabled(true);
await import(new URL("../out/fuzz/main.mjs", import.meta.url));
