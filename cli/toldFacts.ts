import type { ChipTarget } from "../core/chip/targets";
import type { Facts } from "../core/facts";
import { chosenBinary } from "../core/project/chosenBinary";
import { type Result, success } from "../core/result";
import type { ExtraSubtype } from "../core/table/subtypes";
import type { Io, ReadFault } from "./io";
import { inspectBytes } from "./surroundings";
import { LARGEST_FLASH } from "./tableOptions";

/** What the command line says of a device, where it says anything. */
export interface FactOptions {
  readonly micropython?: string | undefined;
  readonly chip?: ChipTarget | undefined;
  readonly "flash-size"?: number | undefined;
  readonly "table-offset"?: number | undefined;
  readonly secure?: "v1" | "v2" | undefined;
  readonly "extra-subtype"?: readonly ExtraSubtype[];
}

/** Only the facts that are told, so that they do not hide what the surroundings know. */
export async function toldFacts(options: FactOptions, io: Io): Promise<Result<Partial<Facts>, ReadFault>> {
  const { micropython: name, chip } = options;
  const bytes = name === undefined ? undefined : await io.read(name, LARGEST_FLASH);
  if (bytes && !bytes.ok) return bytes;
  const facts: { readonly [Name in keyof Facts]?: Facts[Name] | undefined } = {
    micropython:
      bytes && name !== undefined ? chosenBinary(name, await inspectBytes(bytes.value)) : undefined,
    chip,
    primaryBootloaderOffset: chip?.bootloaderOffset,
    flashSize: options["flash-size"],
    tableOffset: options["table-offset"],
    secure: options.secure,
    extraSubtypes: options["extra-subtype"],
  };
  return success(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)));
}
