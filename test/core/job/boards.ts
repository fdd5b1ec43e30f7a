import { analyse } from "../../../core/analyse";
import { type ChipId, chipById } from "../../../core/chip/targets";
import { noFacts } from "../../../core/facts";
import type { BoardIdentity } from "../../../core/job/board";
import { flashLayout } from "../../../core/job/flashLayout";
import { type FlashJob, type JobRegion, rangeOf } from "../../../core/job/job";
import type { Failure, Result } from "../../../core/result";
import { parseCsv } from "../../../core/table/csv";
import { isComplete, type PartitionEntry } from "../../../core/table/entry";
import { readTable } from "../../../core/table/table";
import { blank } from "../../support/bytes";
import { makeMicroPython } from "../../support/imageFixture";

/** What MicroPython needs. */
export const TARGET = `nvs,     data, nvs,   0x9000,   0x5000,
otadata, data, ota,   0xe000,   0x2000,
app0,    app,  ota_0, 0x10000,  0x140000,
app1,    app,  ota_1, 0x150000, 0x180000,
vfs,     data, fat,   0x2d0000, 1M,
`;

/** What the devices have. */
export const SOURCE = `nvs,     data, nvs,    0x9000,   0x5000,
otadata, data, ota,    0xe000,   0x2000,
app0,    app,  ota_0,  0x10000,  0x140000,
app1,    app,  ota_1,  0x150000, 0x140000,
spiffs,  data, spiffs, 0x290000, 0x170000,
`;

export const chipOf = (id: ChipId) => {
  const chip = chipById(id);
  if (!chip) throw new Error(`no chip ${id}`);
  return chip;
};

export const board = (changes: Partial<BoardIdentity> = {}): BoardIdentity => ({
  chip: chipOf("esp32"),
  revision: 300,
  mac: "24:6f:28:00:00:01",
  flashSize: 0x400000,
  flashId: 0x164020,
  security: { flashEncryption: "off", secureBoot: "off" },
  ...changes,
});

export const entriesOf = (csv: string): PartitionEntry[] =>
  readTable(parseCsv(csv), noFacts).entries.filter(isComplete);

export const present = (csv = SOURCE) => ({ tableOffset: 0x8000, entries: entriesOf(csv) });

export const MICROPYTHON = { name: "micropython.bin", bytes: makeMicroPython({ size: 0x12340 }) };

export const layoutJob = (csv = TARGET, changes: Partial<Parameters<typeof flashLayout>[0]> = {}) =>
  flashLayout({ analysis: analyse(csv, noFacts), micropython: MICROPYTHON, present: present(), ...changes });

export function made(job: Result<FlashJob, string>): FlashJob {
  if (!job.ok) throw new Error(job.message);
  return job.value;
}

export function refusedAs(result: Result<unknown, string>): Failure<string> {
  if (result.ok) throw new Error("nothing was refused");
  return result;
}

/** `write app1 app 0x150000 0x12340`. */
export const line = (region: JobRegion): string => {
  const { address, size } = rangeOf(region);
  return `${region.kind} ${region.name} ${region.purpose} 0x${address.toString(16)} 0x${size.toString(16)}`;
};

export const lines = (job: Result<FlashJob, string>): string[] => made(job).regions.map(line);

/** The flash after the job, as NOR flash has it: sectors are erased, then written. */
export function flashed(job: FlashJob, before: Uint8Array): Uint8Array {
  const flash = before.slice();
  for (const { address, size } of job.erases) flash.fill(0xff, address, address + size);
  for (const region of job.regions) if (region.kind === "write") flash.set(region.bytes, region.address);
  return flash;
}

export const blankFlash = (): Uint8Array => blank(0x400000);
