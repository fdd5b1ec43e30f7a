import { chipById } from "../../core/chip/targets";
import { type ChosenBinary, type Facts, noFacts } from "../../core/facts";
import { fileFacts } from "./fixtureFiles";

/**
 * A fixture is a CSV whose comments carry the expectation:
 *
 *     #- flash=4MB micropython=1464336
 *       otadata, data, ota, 0xf000, 0x1000
 *     #                             ^^^^^^ error otadata-size: must be 0x2000
 *
 * `^` marks the span of a problem on the row above (`#^` at the start of the line: the row's first column),
 * followed by severity, rule id and a part of the message. `#-` gives facts. A line of a file beside the table begins with
 * `#source`, `#header`, `#defaults` or `#sdkconfig`: see `fixtureFiles.ts`. All these lines are taken out before the text
 * is analysed, and the marked problems must be all there are.
 */
export interface Fixture {
  readonly text: string;
  readonly facts: Facts;
  readonly expected: readonly Expectation[];
}

/** A marked problem; line and columns are zero-based and refer to `text`. */
export interface Expectation {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly severity: string;
  readonly id: string;
  readonly part: string;
}

const beside = /^#(source|header|defaults|sdkconfig) (.*)$/;
const marker = /^#( *)(\^+) (error|warning|information) ([a-z0-9-]+): (.+)$/;

export function parseFixture(source: string): Fixture {
  const kept: string[] = [];
  const expected: Expectation[] = [];
  const files = new Map<string, string[]>();
  const bootloaderIdf = /^#-.* bootloader-idf=(\S+)/m.exec(source)?.[1];
  let facts: Facts = noFacts;
  for (const line of source.split("\n")) {
    const mark = marker.exec(line);
    const [, file, content = ""] = beside.exec(line) ?? [];
    if (file !== undefined) {
      files.set(file, [...(files.get(file) ?? []), content]);
    } else if (mark) {
      const [, indent = "", carets = "", severity = "", id = "", part = ""] = mark;
      const from = indent === "" ? 0 : indent.length + 1;
      expected.push({ line: kept.length - 1, from, to: from + carets.length, severity, id, part });
    } else if (line.startsWith("#-")) {
      facts = { ...facts, ...parseFacts(line.slice(2)) };
    } else {
      kept.push(line);
    }
  }
  return { text: kept.join("\n"), facts: { ...facts, ...fileFacts(files, facts, bootloaderIdf) }, expected };
}

/** `flash=4MB table-offset=0x10000 secure=v1 chip=esp32s3 bootloader=0x1000 md5=off micropython=BYTES[:v1.20.0][:KIND][:CHIP][:FLASH] repartitioner=BYTES delivery=URL bootloader-idf=v3.3.5` */
export function parseFacts(text: string): Partial<Facts> {
  const pairs = text
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split("="));
  return Object.assign({}, ...pairs.map(([key = "", value = ""]) => fact(key, value)));
}

function fact(key: string, value: string): Partial<Facts> {
  switch (key) {
    case "flash":
      return { flashSize: Number.parseInt(value, 10) * 1024 * 1024 };
    case "table-offset":
      return { tableOffset: Number(value) };
    case "secure":
      return { secure: value === "v1" ? "v1" : "v2" };
    case "chip":
      return { chip: chipById(value) };
    case "bootloader":
      return { primaryBootloaderOffset: Number(value) };
    case "md5":
      return { md5Row: value !== "off" };
    case "bootloader-idf":
      return {}; // What follows from it follows from the sdkconfig too: see fileFacts.
    case "repartitioner":
      return { repartitioner: { name: "build/repartitioner.bin", size: Number(value) } };
    case "delivery":
      return { delivery: { micropython: value } };
    case "micropython":
      return { micropython: binaryFact(value) };
    default:
      throw new Error(`No such fact: ${key}`);
  }
}

function binaryFact(value: string): ChosenBinary {
  const [size = "", version = "v1.20.0", kind = "app", chip = "esp32", flash = "4MB"] = value.split(":");
  const release = version === "" ? undefined : version.replace("v", "").split(".").map(Number);
  return {
    name: "micropython.bin",
    kind: kind === "combined" || kind === "unusable" ? kind : "app",
    fault: kind === "unusable" ? "The file is not an ESP32 image." : "",
    appSize: Number(size),
    chip: chipById(chip),
    flashSize: Number.parseInt(flash, 10) * 1024 * 1024,
    release,
    title: `MicroPython ${version}`.trimEnd(),
  };
}
