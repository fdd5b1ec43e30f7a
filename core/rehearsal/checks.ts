import { sha256Hex } from "../image/sha256Hex";
import type { FlashRange } from "../job/range";
import { castOf } from "../migrate/plan/cast";
import { rolesOf } from "../migrate/roles";
import { bootChoice, bootOrder, bootTable } from "../ota/bootChoice";
import { decodeOtadata, OTADATA_SIZE } from "../ota/otadata";
import { hex } from "../text/units";
import type { Rehearsal } from "./readRehearsal";

/** What is to be read of a board that has done the whole migration. */
export interface ReadPlaces {
  readonly table: FlashRange;
  /** As many bytes of the slot as MicroPython has. */
  readonly slot: FlashRange;
  readonly otadata: FlashRange;
  /** The first two sectors of the filesystem. */
  readonly filesystem: FlashRange;
}

/** The bytes of these places, and what was heard of MicroPython. */
export interface ReadBack {
  readonly bytes: Readonly<Record<keyof ReadPlaces, Uint8Array>>;
  readonly banner: string | undefined;
  /** Whether its prompt answers. */
  readonly isAnswering: boolean;
}

export interface Check {
  readonly id: keyof ReadPlaces | "banner";
  readonly title: string;
  readonly isPassed: boolean;
  /** What was found, as a sentence. */
  readonly found: string;
}

const SECTOR = 0x1000;

export function readPlaces({ config, migration }: Pick<Rehearsal, "config" | "migration">): ReadPlaces {
  const otadata = bootTable(migration.target).otadata;
  return {
    table: { address: config.tableOffset, size: SECTOR },
    slot: { address: config.receiverOffset, size: config.micropython.size },
    otadata: { address: otadata?.offset ?? 0, size: OTADATA_SIZE },
    filesystem: { address: config.filesystemOffset, size: 2 * SECTOR },
  };
}

/** Whether the board is what the plan says that it is at the end. */
export const checksOf = (
  rehearsal: Pick<Rehearsal, "config" | "migration">,
  read: ReadBack,
): readonly Check[] => [
  checkTable(rehearsal, read),
  checkSlot(rehearsal, read),
  checkOtadata(rehearsal, read),
  checkFilesystem(rehearsal, read),
  checkBanner(rehearsal, read),
];

type Of = (rehearsal: Pick<Rehearsal, "config" | "migration">, read: ReadBack) => Check;

const checkTable: Of = ({ config }, { bytes: { table } }) => {
  const wanted = config.targetTable;
  const at = wanted.findIndex((byte, index) => table[index] !== byte);
  return {
    id: "table",
    title: "The partition table is the target table, byte for byte",
    isPassed: at < 0,
    found:
      at < 0
        ? `All ${wanted.length} bytes at ${hex(config.tableOffset)} are as planned; SHA-256 ${sha256Hex(table)}.`
        : `The byte at ${hex(config.tableOffset + at)} is ${byteText(table[at])} instead of ${byteText(wanted[at])}.`,
  };
};

const checkSlot: Of = ({ config, migration }, { bytes: { slot } }) => {
  const { sha256: wanted, size } = config.micropython;
  const found = sha256Hex(slot);
  const name = nameOf(migration, config.receiverOffset);
  return {
    id: "slot",
    title: `'${name}' holds MicroPython`,
    isPassed: found === wanted,
    found:
      found === wanted
        ? `The SHA-256 of its first ${size} bytes is that of the file: ${found}.`
        : `The SHA-256 of its first ${size} bytes is ${found} instead of ${wanted}.`,
  };
};

const checkOtadata: Of = ({ config, migration }, { bytes: { otadata } }) => {
  const table = bootTable(migration.target);
  const decoded = decodeOtadata(otadata);
  const first = decoded.ok ? bootOrder(table, bootChoice(table, decoded.value, "plain").index)[0] : undefined;
  const name = nameOf(migration, config.receiverOffset);
  return {
    id: "otadata",
    title: `otadata selects '${name}'`,
    isPassed: first?.offset === config.receiverOffset,
    found: first ? `The bootloader tries '${first.name}' first.` : "It selects nothing.",
  };
};

const checkFilesystem: Of = ({ migration }, { bytes: { filesystem } }) => {
  const kind = filesystemIn(filesystem);
  return {
    id: "filesystem",
    title: `'${vfsName(migration)}' holds a filesystem of MicroPython`,
    isPassed: kind !== undefined,
    found:
      kind === undefined ? "Its first two sectors hold none." : `It begins with one of the kind ${kind}.`,
  };
};

/** LittleFS has its name in one of its first two blocks; FAT the signature of a boot sector and its own name. */
function filesystemIn(bytes: Uint8Array): "LittleFS" | "FAT" | undefined {
  const isLittle = [0, SECTOR].some((block) => textAt(bytes, block + 8, 8) === "littlefs");
  if (isLittle) return "LittleFS";
  const isSigned = bytes[510] === 0x55 && bytes[511] === 0xaa;
  return isSigned && [54, 82].some((at) => textAt(bytes, at, 3) === "FAT") ? "FAT" : undefined;
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

const checkBanner: Of = ({ migration }, { banner, isAnswering }) => {
  const wanted = releaseIn(migration.facts.micropython?.title ?? "");
  const isRight = banner !== undefined && (wanted === undefined || releaseIn(banner) === wanted);
  return {
    id: "banner",
    title: "MicroPython answers at its prompt",
    isPassed: isRight && isAnswering,
    found: bannerWords(banner, wanted, isRight, isAnswering),
  };
};

/** `v1.23.0` of `MicroPython v1.23.0 on 2024-06-02; …`. */
const releaseIn = (text: string): string | undefined => /^MicroPython (v[^ ;]+)/.exec(text)?.[1];

function bannerWords(
  banner: string | undefined,
  wanted: string | undefined,
  isRight: boolean,
  isAnswering: boolean,
): string {
  if (banner === undefined) return "It never said who it is.";
  if (!isRight) return `It says that it is '${banner}', but the file is ${wanted}.`;
  return isAnswering
    ? `It says that it is '${banner}', and its prompt answers.`
    : `It says that it is '${banner}', but its prompt does not answer.`;
}

const byteText = (byte = 0): string => `0x${byte.toString(16).padStart(2, "0")}`;

const nameOf = ({ target }: Rehearsal["migration"], at: number): string =>
  target.find(({ offset }) => offset === at)?.name ?? hex(at);

function vfsName({ source, target }: Rehearsal["migration"]): string {
  const roles = rolesOf(source.entries);
  return (roles.ok && castOf({ target }, roles.value).vfs?.name) || "vfs";
}
