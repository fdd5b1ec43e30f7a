import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { fuzzCase, kinds } from "./targets";
import type { WorkerOrder, WorkerReport } from "./worker";

const help = `npm run fuzz -- [--count N] [--seed S] [--only ${kinds.join("|")}] [--case K] [--workers W]
  --count    how many inputs (1030000: a million tables and images, and headers and manifests besides)
  --seed     the same seed gives the same inputs (1)
  --case     only this one, as the message of a failure names it`;

/** A case takes a tenth of a millisecond, a megabyte of garbage some tenths of a second: this is for ever. */
const HANGS_AFTER = 15_000;
/** What a worker may keep when all is done; more means that something piles up. */
const MAX_GROWTH = 32 * 1024 * 1024;
const MAX_HEAP_MB = 512;
const outFolder = "out/fuzz";

interface Options {
  readonly count: number;
  readonly seed: number;
  readonly only: string | undefined;
  readonly case: number | undefined;
  readonly workers: number;
}

function readOptions(): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: { count: text, seed: text, only: text, case: text, workers: text, help: { type: "boolean" } },
  });
  const number = (given: string | undefined): number | undefined => {
    if (given === undefined) return undefined;
    if (!/^\d{1,9}$/.test(given)) throw new Error(`'${given}' is no number below a billion.\n${help}`);
    return Number(given);
  };
  const { only } = values;
  if (values.help) throw new Error(help);
  if (only !== undefined && !kinds.includes(only)) throw new Error(`There is no kind '${only}'.\n${help}`);
  return {
    count: number(values.count) ?? 1_030_000,
    seed: number(values.seed) ?? 1,
    only,
    case: number(values.case),
    workers: number(values.workers) ?? 2,
  };
}

/** Runs one worker to its end; one that hangs or runs out of memory has failed at the case it had in hand. */
function work(order: WorkerOrder): Promise<WorkerReport> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./worker.mjs", import.meta.url), {
      workerData: order,
      execArgv: ["--enable-source-maps"],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    let seen = { number: -1, since: performance.now() };
    const watch = setInterval(() => {
      const number = order.current[0] ?? 0;
      if (number !== seen.number) seen = { number, since: performance.now() };
      else if (performance.now() - seen.since > HANGS_AFTER)
        fail(`still running after ${HANGS_AFTER / 1000} s`);
    }, 500);
    const end = (report: WorkerReport): void => {
      clearInterval(watch);
      resolve(report);
      void worker.terminate();
    };
    const fail = (stack: string): void => end({ failed: order.current[0] ?? 0, stack });
    worker.once("message", end);
    worker.once("error", (error) => fail(String(error)));
  });
}

async function fuzz({ seed, only, count, workers, case: single }: Options): Promise<WorkerReport[]> {
  const next = new Int32Array(new SharedArrayBuffer(4)).fill(single ?? 0);
  const end = single === undefined ? count : single + 1;
  const order = () => ({ seed, only, end, next, current: new Int32Array(new SharedArrayBuffer(4)) });
  return Promise.all(Array.from({ length: single === undefined ? workers : 1 }, () => work(order())));
}

/** Says what failed and how to see it again; the input is kept in a file. */
function tellFailure({ seed, only }: Options, number: number, stack: string): void {
  const { kind, input } = fuzzCase(seed, number, only);
  const file = `${outFolder}/${kind}-${seed}-${number}.${kind}`;
  mkdirSync(outFolder, { recursive: true });
  writeFileSync(file, input);
  console.error(`\nCase ${number} of seed ${seed} (${kind}) failed: ${stack}\n`);
  console.error(`Input: ${file} (${input.length} ${typeof input === "string" ? "characters" : "bytes"})`);
  console.error(`Again: npm run fuzz -- --seed ${seed} --case ${number}${only ? ` --only ${only}` : ""}`);
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

async function main(): Promise<boolean> {
  const options = readOptions();
  const start = performance.now();
  const reports = await fuzz(options);
  const failed = reports.flatMap((report) => ("failed" in report ? [report] : []));
  for (const { failed: number, stack } of failed) tellFailure(options, number, stack);
  if (failed.length > 0) return false;
  const heaps = reports.flatMap((report) => ("before" in report ? [report] : []));
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const sizes = heaps.map(({ before, after }) => `${megabytes(before)} to ${megabytes(after)}`).join(", ");
  console.log(
    `${options.case === undefined ? options.count : 1} inputs of seed ${options.seed} in ${seconds} s: no exception, no hang, heap ${sizes}`,
  );
  const isBounded = heaps.every(({ before, after }) => after - before < MAX_GROWTH);
  if (!isBounded) console.error(`The heap grew by more than ${megabytes(MAX_GROWTH)}.`);
  return isBounded;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
