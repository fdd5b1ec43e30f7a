import { readdir, readFile, writeFile } from "node:fs/promises";
import { load } from "./load.mjs";

/**
 * Writes the files that follow from the code; `--check` only says which have drifted, and fails then. Each module of
 * `scripts/generators` exports a function that gives `{ path, text }` of the files it keeps: `load` gives the exports
 * of a TypeScript file, `read` the text of a file, both by their path in the repository.
 */
const root = new URL("../", import.meta.url);

/** The text of a file, or nothing where there is none yet. */
const read = (path) => readFile(new URL(path, root), "utf8").catch(() => "");

async function generate() {
  const modules = (await readdir(new URL("scripts/generators/", root))).filter((name) =>
    name.endsWith(".mjs"),
  );
  const drifted = [];
  for (const name of modules.sort()) {
    const { default: generator } = await import(`./generators/${name}`);
    for (const { path, text } of [await generator({ load, read })].flat()) {
      if ((await read(path)) !== text) drifted.push({ path, text });
    }
  }
  return drifted;
}

const drifted = await generate();
if (process.argv.includes("--check")) {
  for (const { path } of drifted)
    console.error(`${path} does not agree with the code any more. Run: npm run generate`);
  process.exitCode = drifted.length > 0 ? 1 : 0;
} else {
  for (const { path, text } of drifted) {
    await writeFile(new URL(path, root), text);
    console.log(`Wrote ${path}`);
  }
}
