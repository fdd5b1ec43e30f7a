/**
 * `node scripts/firmware.mjs`: compiles the repartitioner against the interfaces of each version of ESP-IDF that it is
 * written for, as far as a compiler of this machine can tell: `firmware/host_test/stubs` declares what each version has.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
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

const refusedBy = (some, words) => Object.fromEntries(some.map((version) => [version, words]));

const from = (first) => versions.slice(versions.indexOf(first));

/** All of the port, and for each thing that a build can choose only the files that it changes. */
export const variants = [
  { name: "as configured in menuconfig", versions, args: [] },
  {
    name: "with secrets",
    versions,
    args: [`-I${firmware}/host_test/sample/secrets`, "-DCONFIG_RP_SERVER_CERTIFICATE=1"],
    files: ["rp_idf_http.c", "rp_idf_networks.c", "rp_idf_report.c"],
  },
  {
    name: "without an address of MicroPython",
    versions,
    args: ['-DRP_MICROPYTHON_URL=""'],
    files: ["rp_idf_http.c"],
    refused: refusedBy(versions, 'static assertion failed: "set RP_MICROPYTHON_URL'),
  },
  {
    name: "with an address that needs a certificate",
    versions,
    args: ['-DRP_REPORT_URL="https://h/report"'],
    files: ["rp_idf_http.c"],
    refused: refusedBy(versions, 'static assertion failed: "an https address needs'),
  },
  {
    name: "with a certificate",
    versions,
    args: ["-DCONFIG_RP_SERVER_CERTIFICATE=1", '-DRP_REPORT_URL="https://h/report"'],
    files: ["rp_idf_client.c", "rp_idf_http.c", "rp_idf_report.c"],
  },
  {
    name: "for an ESP32-C3",
    versions: from("v4.4"),
    args: ["-DSTUB_IS_ESP32C3"],
    files: ["rp_config.c", "rp_idf_chip.c"],
  },
  {
    name: "with the flash driver of v3.x",
    versions: ["v4.0", "v4.4"],
    args: ["-DCONFIG_SPI_FLASH_USE_LEGACY_IMPL=1"],
    files: ["rp_idf_flash.c"],
  },
  {
    name: "with the table guarded",
    versions,
    args: ["-DSTUB_TABLE_IS_GUARDED"],
    files: ["rp_idf_flash.c"],
    refused: {
      ...refusedBy(["v3.3", "v3.3.3"], "Set CONFIG_SPI_FLASH_WRITING_DANGEROUS_REGIONS_ALLOWED=y"),
      ...refusedBy(["v4.0", "v4.4", "v5.0"], "Set CONFIG_SPI_FLASH_DANGEROUS_WRITE_ALLOWED=y"),
    },
  },
];

/** Nothing of style: only whether what is used is there. */
const lenient = [
  "-std=gnu99",
  "-fsyntax-only",
  "-Werror=implicit-function-declaration",
  "-Werror=incompatible-pointer-types",
];

const warnings = ["-std=gnu99", "-Wall", "-Wextra", "-Werror"];
const strict = [...warnings, "-DESP_PLATFORM"];

export const findCompiler = () => findProgram("gcc", "cc");

/** All C files of a folder, so that one that is added is compiled too. */
const filesOf = (folder) =>
  readdirSync(`${firmware}/${folder}`)
    .filter((name) => name.endsWith(".c"))
    .map((name) => `${firmware}/${folder}/${name}`);

export const sources = () => [...filesOf("core"), ...filesOf("port")];

const complaints = (args) => run(findCompiler(), args).catch(({ message }) => message);

const includesOf = (version) =>
  [
    "core",
    "port",
    "host_test/sample",
    ...[...layers[version], "all"].map((layer) => `host_test/stubs/${layer}`),
  ].map((folder) => `-I${firmware}/${folder}`);

export const compile = (version, { args, files }) =>
  complaints([
    ...strict,
    "-fsyntax-only",
    ...args,
    ...includesOf(version),
    ...filesOf("port").filter((file) => !files || files.includes(basename(file))),
  ]);

/** The core must not need any ESP-IDF, so it sees none of them. */
export const compileCore = () =>
  complaints([
    ...warnings,
    "-std=c99",
    "-pedantic",
    "-fsyntax-only",
    `-I${firmware}/core`,
    ...filesOf("core"),
  ]);

export const link = (version, out) =>
  complaints([...strict, "-r", "-nostdlib", "-o", out, ...includesOf(version), ...sources()]);

export const compileText = (version, text) =>
  spawnSync(findCompiler(), [...lenient, ...includesOf(version), "-xc", "-"], {
    input: text,
    encoding: "utf8",
  }).stderr;

export async function buildHostProgram(out, files) {
  const options = [
    ...warnings,
    "-O2",
    "-g",
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover",
    "-o",
    out,
  ];
  const includes = ["core", "port"].map((folder) => `-I${firmware}/${folder}`);
  await run(findCompiler(), [...options, ...includes, ...files.map((file) => `${firmware}/${file}`)]);
  return out;
}

async function check() {
  const core = await compileCore();
  console.log(core || "ok  the core, without ESP-IDF");
  let failures = core === "" ? 0 : 1;
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
