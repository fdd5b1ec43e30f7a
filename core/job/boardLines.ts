import { columns } from "../text/columns";
import { counted, hex, sizeText } from "../text/units";
import { type BoardIdentity, boardName, type Protection, revisionText } from "./board";
import type { BoardState } from "./boardState";
import {
  type AppDescription,
  type BoardDescription,
  describeBoard,
  type OtadataDescription,
  type PartitionDescription,
  type TableDescription,
} from "./describeBoard";

/** Everything that is known of a board, as lines for people. */
export function boardLines(identity: BoardIdentity, state: BoardState): string[] {
  const board = describeBoard(identity, state);
  return [
    identityText(identity),
    ...columns([
      ["Flash", flashText(board)],
      ["Security", securityText(board)],
      ["Bootloader", bootloaderText(board)],
      ["Table", tableText(board.table)],
      ["otadata", otadataText(board.otadata)],
      ...board.apps.map((app): readonly [string, string] => ["App", `'${app.partition}': ${appText(app)}`]),
      ["Runs", runsText(board)],
    ]).map(indented),
    ...partitionLines(board.table.partitions),
  ];
}

/** `ESP32 24:6f:28:00:00:01, revision v3.0`. */
export const identityText = (identity: BoardIdentity): string =>
  `${boardName(identity)}${identity.revision === undefined ? "" : `, revision ${revisionText(identity.revision)}`}`;

export function flashText({ flashSize, flashId }: BoardDescription): string {
  const id = flashId === null ? "" : ` (id ${hex(flashId)})`;
  return `${flashSize === null ? "size unknown" : sizeText(flashSize)}${id}`;
}

export const securityText = ({ security: { flashEncryption, secureBoot } }: BoardDescription): string =>
  `flash encryption ${protectionText[flashEncryption]}, Secure Boot ${protectionText[secureBoot]}`;

const protectionText: Readonly<Record<Protection, string>> = { on: "ON", off: "off", unknown: "unknown" };

export function bootloaderText({ bootloader: { kind, idfVersion, flashSize } }: BoardDescription): string {
  if (kind !== "image") return contents[kind];
  const version = idfVersion === null ? "does not tell its version" : `ESP-IDF ${idfVersion}`;
  return flashSize === null ? version : `${version}, for ${sizeText(flashSize)} of flash`;
}

export function tableText({ kind, tableOffset, fingerprint, md5Row, message, partitions }: TableDescription) {
  const at = `at ${hex(tableOffset ?? 0)}`;
  switch (kind) {
    case "found":
      return `${at}, fingerprint ${fingerprint}, ${counted(partitions.length, "partition")}${md5Row ? "" : ", without an MD5 row"}`;
    case "damaged":
      return `${at}, damaged: ${message}`;
    case "none":
      return "none";
    case "unread":
      return "not read";
  }
}

export function otadataText(otadata: OtadataDescription | null): string {
  if (!otadata) return "not read";
  if (!otadata.isInTable) return "none in the table";
  const [newest] = otadata.entries.filter(({ isValid }) => isValid).sort((a, b) => b.sequence - a.sequence);
  const how = newest ? ` (update ${newest.sequence}${trialText(newest.state)})` : "";
  if (otadata.selects === null) return `selects nothing that is in the table${how}`;
  return newest ? `selects '${otadata.selects}'${how}` : `blank, which selects '${otadata.selects}'`;
}

const trialText = (state: string): string => {
  const text = trials[state];
  return text === undefined ? `, state ${state}` : text === "" ? "" : `, ${text}`;
};

/** As `esp_ota_img_states_t` means them; without rollback there are none. */
const trials: Readonly<Record<string, string>> = {
  undefined: "",
  new: "starts on trial",
  pendingVerify: "on trial",
  valid: "confirmed",
  invalid: "marked as bad",
  aborted: "given up after its trial",
};

/** `MicroPython v1.23.0 (ESP-IDF v5.0.4)`, `meter 1.4.2 (ESP-IDF v4.4.4)`, `blank`. */
export function appText({ kind, project, version, idfVersion, micropython }: AppDescription): string {
  if (kind !== "image") return contents[kind];
  const name =
    micropython === null ? [project, version].filter(Boolean).join(" ") : `MicroPython ${micropython}`;
  const built = idfVersion === null ? "" : `ESP-IDF ${idfVersion}`;
  if (name === "") return `an app${built === "" ? " that does not tell its name" : ` of ${built}`}`;
  return built === "" ? name : `${name} (${built})`;
}

/** What the bootloader starts, as far as heads tell: whether the image is whole was not checked. */
export function runsText({ apps, runs, bootloader }: BoardDescription): string {
  const app = apps.find(({ partition }) => partition === runs);
  if (!app) return "nothing: no app was found";
  const isAlone = bootloader.kind === "blank" || bootloader.kind === "other";
  return isAlone
    ? `nothing: there is no bootloader that could start '${app.partition}'`
    : `${appText(app)} from '${app.partition}'`;
}

const contents = { blank: "blank", other: "no image", unread: "not read" } as const;

const partitionLines = (partitions: readonly PartitionDescription[]): string[] =>
  partitions.length === 0
    ? []
    : [
        "",
        ...columns([
          ["Name", "Type", "SubType", "Offset", "Size", "Flags"],
          ...partitions.map(({ name, type, subtype, offset, size, flags }) => [
            name,
            type,
            subtype,
            hex(offset),
            `${hex(size)} (${sizeText(size)})`,
            flags,
          ]),
        ]).map(indented),
      ];

const indented = (line: string): string => `  ${line}`;
