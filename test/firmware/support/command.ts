import type { RepartitionerConfig } from "../../../core/sim/repartitioner/config";
import { type DeviceFacts, factValues } from "../../../core/sim/repartitioner/decide";
import { concat, words } from "../../support/bytes";

/** What the driver is told to do, as `firmware/host_test/driver/main.c` reads it. */
const Command = {
  run: 1,
  decide: 2,
  tableState: 3,
  nextSeq: 4,
  otaEntry: 5,
  imageLength: 6,
  pauseAfter: 7,
} as const;

const command = (code: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  concat([Uint8Array.of(code), ...parts]);

const fromHex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, "hex"));

export const runCommand = (config: RepartitionerConfig, flashSize: number): Uint8Array =>
  command(
    Command.run,
    words(
      flashSize,
      config.tableOffset,
      config.bootloaderOffset,
      config.chipId,
      config.runnerOffset,
      config.receiverOffset,
      config.filesystemOffset,
      config.micropython.size,
    ),
    fromHex(config.micropython.sha256),
    fromHex(config.micropython.headSha256),
    config.sourceTable,
    config.targetTable,
    words(config.eraseList.length, ...config.eraseList.flatMap(({ offset, size }) => [offset, size])),
  );

/** Every value by its place in the list of its fact: the C enumerations have the same order. */
export const decideCommand = (facts: DeviceFacts): Uint8Array =>
  command(
    Command.decide,
    Uint8Array.of(
      ...Object.entries(factValues).map(([fact, values]) =>
        (values as readonly string[]).indexOf(facts[fact as keyof DeviceFacts]),
      ),
    ),
  );

export const tableStateCommand = (source: Uint8Array, target: Uint8Array, found: Uint8Array): Uint8Array =>
  command(Command.tableState, source, target, found);

export const nextSeqCommand = (
  last: number,
  slots: readonly { readonly index: number; readonly count: number }[],
): Uint8Array =>
  command(Command.nextSeq, words(last, slots.length, ...slots.flatMap(({ index, count }) => [index, count])));

export const otaEntryCommand = (seq: number): Uint8Array => command(Command.otaEntry, words(seq));

export const imageLengthCommand = (
  flashSize: number,
  chipId: number,
  { offset, size }: { readonly offset: number; readonly size: number },
): Uint8Array => command(Command.imageLength, words(flashSize, chipId, offset, size));

export const pauseAfterCommand = (failures: number): Uint8Array =>
  command(Command.pauseAfter, words(failures));
