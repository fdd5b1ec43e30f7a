/**
 * `node scripts/firmware.mjs`: compiles the repartitioner against the interfaces of each version of ESP-IDF that it is
 * written for, as far as a compiler of this machine can tell: `firmware/host_test/stubs` declares what each version has.
 */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findProgram, run } from "./vscode/run.mjs";

const firmware = fileURLToPath(new URL("../firmware", import.meta.url));

/** The folders of stubs that make up a version; a file of an earlier folder counts. */
const layers = {
  "v3.3": ["v3.3"],
  "v3.3.3": ["v3.3.3", "v3.3"],
  "v4.0": ["v4.0", "v3.3"],
  "v4.4": ["v4.4"],
  "v5.0": ["v5.0"],
  "v5.4": ["v5.4", "v5.0"],
  "v6.0": ["v6.0", "v5.0"],
};

export const versions = Object.keys(layers);

const from = (first) => versions.slice(versions.indexOf(first));

const oldOption = "CONFIG_SPI_FLASH_WRITING_DANGEROUS_REGIONS_ALLOWED=y";
const newOption = "CONFIG_SPI_FLASH_DANGEROUS_WRITE_ALLOWED=y";

export const variants = [
  { name: "as configured in menuconfig", versions, args: [] },
  { name: "with secrets", versions, args: [`-I${firmware}/host_test/sample/secrets`] },
  { name: "with a certificate", versions, args: ["-DCONFIG_RP_SERVER_CERTIFICATE=1"] },
  { name: "for an ESP32-C3", versions: from("v4.4"), args: ["-DSTUB_IS_ESP32C3"] },
  {
    name: "with the flash driver of v3.x",
    versions: ["v4.0", "v4.4"],
    args: ["-DCONFIG_SPI_FLASH_USE_LEGACY_IMPL=1"],
  },
  {
    name: "with the table guarded",
    versions,
    args: ["-DSTUB_TABLE_IS_GUARDED"],
    refused: {
      "v3.3": oldOption,
      "v3.3.3": oldOption,
      "v4.0": newOption,
      "v4.4": newOption,
      "v5.0": newOption,
    },
  },
  {
    name: "without an address of MicroPython",
    versions,
    args: ['-DRP_MICROPYTHON_URL=""'],
    refused: Object.fromEntries(versions.map((version) => [version, "set RP_MICROPYTHON_URL"])),
  },
];

const flags = ["-std=gnu99", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-DESP_PLATFORM"];

export const findCompiler = () => findProgram("gcc", "cc");

/** All of it, so that a file that is added is compiled too. */
export const sources = () =>
  ["core", "port"].flatMap((folder) =>
    readdirSync(`${firmware}/${folder}`)
      .filter((name) => name.endsWith(".c"))
      .map((name) => `${firmware}/${folder}/${name}`),
  );

export async function compile(version, { args }) {
  const folders = [...layers[version], "all"].map((layer) => `host_test/stubs/${layer}`);
  const includes = ["core", "port", "host_test/sample", ...folders].map((folder) => `-I${firmware}/${folder}`);
  return run(findCompiler(), [...flags, ...args, ...includes, ...sources()]).catch(({ message }) => message);
}

async function check() {
  let failures = 0;
  for (const variant of variants) {
    for (const version of variant.versions) {
      const said = await compile(version, variant);
      const expected = variant.refused?.[version];
      const isRight = expected === undefined ? said === "" : said.includes(expected);
      console.log(`${isRight ? "ok" : "FAILED"}  ESP-IDF ${version}, ${variant.name}`);
      if (!isRight) console.log(said || `accepted, but should say: ${expected}`);
      if (!isRight) failures++;
    }
  }
  if (failures > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (findCompiler()) await check();
  else console.log("No C compiler on this machine. As root: apt-get install gcc");
}
