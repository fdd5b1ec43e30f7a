import { FLASH_SIZES, formatFlashSize, parseFlashSize } from "../chip/flashSize";
import { chipById, chipTargets } from "../chip/targets";
import { parseIntLiteral } from "../text/python";
import { hex } from "../text/units";
import type { MigrationManifest } from "./manifest";

/** A kind of value: which texts are one, how a message names it, and how the JSON schema does. */
export interface ValueKind {
  readonly expected: string;
  readonly isValid: (text: string) => boolean;
  /** What somebody who wrote `text`, or a number, most likely meant. */
  readonly meant: (text: string) => string;
  readonly schema: object;
}

/** One value of the manifest. All of them are strings. */
export interface ManifestField {
  readonly kind: ValueKind;
  /** What the file has to be, where the value is the path of one. */
  readonly use?: FileUse;
  readonly description: string;
  readonly examples: readonly string[];
}

/** What a file that the manifest names has to be. */
export type FileUse = "table" | "micropython" | "app" | "bootloader" | "header";

export interface ManifestGroup<Fields> {
  readonly description: string;
  readonly fields: Fields;
}

/** A description of every field of `T`, and of no other. */
export type FieldsOf<T> = {
  readonly [Key in keyof T]-?: NonNullable<T[Key]> extends string
    ? ManifestField
    : ManifestGroup<FieldsOf<NonNullable<T[Key]>>>;
};

const choice = (
  what: string,
  values: readonly string[],
  kind: Omit<ValueKind, "expected" | "schema">,
): ValueKind => ({
  ...kind,
  expected: `${what}: ${values.map((value) => `"${value}"`).join(", ")}`,
  schema: { enum: values },
});

const matching = (expected: string, pattern: RegExp, meant: (text: string) => string = same): ValueKind => ({
  expected,
  isValid: (text) => pattern.test(text),
  meant,
  schema: { pattern: pattern.source },
});

const same = (text: string): string => text;

const chip = choice(
  "a chip",
  chipTargets.map(({ id }) => id),
  {
    isValid: (text) => chipById(text) !== undefined,
    meant: (text) => text.toLowerCase().replace(/[^a-z0-9]/g, ""),
  },
);

const flashSize = choice("a flash size", FLASH_SIZES.map(formatFlashSize), {
  isValid: (text) => parseFlashSize(text) !== undefined,
  meant: (text) => `${/\d+/.exec(text)?.[0] ?? ""}MB`,
});

/** The table stands at the start of a flash sector, behind the bootloader. */
const offset: ValueKind = {
  expected: 'an offset in flash that is a multiple of 0x1000, such as "0x8000"',
  isValid: (text) => isSectorOffset(parseIntLiteral(text)),
  meant: (text) => hex(Number(text)),
  schema: { pattern: "^(0[xX][0-9a-fA-F]+|[0-9]+)$" },
};

const isSectorOffset = (value: number | undefined): boolean =>
  value !== undefined && 0 < value && value <= 0xffffffff && value % 0x1000 === 0;

const version = matching(
  'a version, such as "v3.3.5"',
  /^v?[0-9]+\.[0-9]+(\.[0-9]+)?([-.+][0-9A-Za-z.+-]+)?$/,
  (text) => text.trim(),
);

const path = matching('a path relative to this file, with "/" between folders', /^[^\\]+$/, (text) =>
  text.replaceAll("\\", "/"),
);

const url = matching('an address that begins with "http://" or "https://"', /^https?:\/\/\S+$/, (text) =>
  text.trim(),
);

const field = (kind: ValueKind, description: string, ...examples: readonly string[]): ManifestField => ({
  kind,
  description,
  examples,
});

const file = (use: FileUse, description: string, ...examples: readonly string[]): ManifestField => ({
  ...field(path, description, ...examples),
  use,
});

const group = <Fields>(description: string, fields: Fields): ManifestGroup<Fields> => ({
  description,
  fields,
});

/** The one description of `crossflash.json`: the parser, the completion and the JSON schema follow it. */
export const manifestFields: FieldsOf<MigrationManifest> = {
  chip: field(chip, "The chip of the device, as `idf.py set-target` spells it.", "esp32"),
  flashSize: field(
    flashSize,
    "The flash size in the header of the device's bootloader: partitions behind it make the bootloader refuse the table, whatever the flash chip could hold.",
    "4MB",
  ),
  partitionTableOffset: field(
    offset,
    "Where the partition table lies in flash: the `CONFIG_PARTITION_TABLE_OFFSET` that the device's bootloader was built with.",
    "0x8000",
  ),
  bootloader: group(
    "What the device's bootloader is. It stays on the device, so it decides which apps can start.",
    {
      idf: field(version, "The ESP-IDF version that built the bootloader.", "v3.3.5"),
      arduino: field(version, "The version of the Arduino core that the bootloader came with.", "1.0.6"),
      image: file(
        "bootloader",
        "The bootloader itself; its version is read from it.",
        "field/bootloader.bin",
      ),
    },
  ),
  source: group("What the device runs today.", {
    table: file("table", "The partition table on the device.", "field/partitions.csv"),
    app: file("app", "The app on the device.", "field/app.bin"),
  }),
  target: group("What the device shall run.", {
    table: file("table", "The partition table that MicroPython needs.", "partitions.csv"),
    micropython: file(
      "micropython",
      "The MicroPython app; not the combined file for flashing by cable.",
      "micropython.bin",
    ),
    header: file(
      "header",
      "The header of the repartitioner into which the target table is exported.",
      "main/repartition.h",
    ),
  }),
  delivery: group("Where the devices download from.", {
    repartitioner: field(
      url,
      "The address of the repartitioner.",
      "http://192.168.1.10:9000/repartitioner.bin",
    ),
    micropython: field(
      url,
      "The address of the MicroPython app.",
      "http://192.168.1.10:9000/micropython.bin",
    ),
  }),
};

/** The fields that name files, with their place in the manifest. */
export const fileFields: readonly { readonly use: FileUse; readonly path: readonly [string, string] }[] =
  Object.entries(manifestFields).flatMap(([group, member]) =>
    "fields" in member
      ? Object.entries<ManifestField>(member.fields).flatMap(([name, { use }]) =>
          use === undefined ? [] : [{ use, path: [group, name] as const }],
        )
      : [],
  );
