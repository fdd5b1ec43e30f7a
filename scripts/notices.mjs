import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** The licences of what is bundled ask to go with it. */
const to = "dist/THIRD_PARTY_NOTICES.txt";

/** The native part is copied, not bundled. */
const copied = ["node_modules/@serialport/bindings-cpp"];

/** Writes the licence of every package of which some of the bundles, told by esbuild's metafiles, hold a part. */
export function writeNotices(metafiles) {
  const used = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(partsOf));
  const packages = [...new Set([...used, ...copied])].sort();
  writeFileSync(to, packages.map(noticeOf).join(`\n${"-".repeat(80)}\n\n`));
}

const partsOf = ({ inputs }) =>
  Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8") : "";
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
