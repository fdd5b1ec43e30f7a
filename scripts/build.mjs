import { context, build as esbuild } from "esbuild";
import { optionsOf } from "./buildOptions.mjs";
import { bundles } from "./bundles.mjs";
import { copyFirmware } from "./firmwareFiles.mjs";
import { writeNotices } from "./notices.mjs";
import { copyPrebuilds } from "./prebuilds.mjs";

/** Builds every bundle of the table, or those whose path begins with an argument; `--watch` keeps building. */
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const chosen = bundles.filter(({ out }) => wanted.every((path) => out.startsWith(path)));

if (chosen.some(({ out }) => out.startsWith("dist/device/"))) await copyPrebuilds();
await copyFirmware();
if (process.argv.includes("--watch")) {
  for (const bundle of chosen) await (await context(optionsOf(bundle))).watch();
} else {
  const built = await Promise.all(chosen.map((bundle) => esbuild({ ...optionsOf(bundle), metafile: true })));
  if (chosen.length === bundles.length) writeNotices(built.map(({ metafile }) => metafile));
}
