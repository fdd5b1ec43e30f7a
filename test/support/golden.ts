import { type Analysis, analyse } from "../../core/analyse";
import { type Facts, noFacts } from "../../core/facts";
import { rules } from "../../core/rules/index";
import type { Problem } from "../../core/rules/rule";
import { type Column, cellOf } from "../../core/table/csv";
import { parseExtraSubtypes } from "../../core/table/extraSubtypes";
import { decodeText } from "../../core/text/decode";

/** A case of the corpus that was made by running Espressif's tool; see its README. */
export interface GoldenCase {
  readonly name: string;
  readonly args: readonly string[];
  readonly args_after: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly exit_code: number;
  readonly error_class: string;
  readonly decoded_csv?: string;
}

/** The tool's options as our facts. Values that the tool's command line refuses are `usage`. */
export function optionsOf({ args, args_after, env }: GoldenCase): {
  readonly facts: Facts;
  readonly usage: boolean;
} {
  const all = [...args, ...args_after];
  const value = (name: string) => (all.includes(name) ? all[all.indexOf(name) + 1] : undefined);
  const number = (name: string) => (value(name) === undefined ? undefined : Number(value(name)));
  const flash = value("--flash-size");
  const extraAt = all.indexOf("--extra-partition-subtypes");
  const extraEnd = all.indexOf("--", extraAt);
  const extra = parseExtraSubtypes(extraAt === -1 ? [] : all.slice(extraAt + 1, extraEnd));
  if (!extra.ok) throw new Error(extra.message);
  const secure = all.includes("--secure") ? (value("--secure") === "v2" ? "v2" : "v1") : undefined;
  const facts: Facts = {
    ...noFacts,
    tableOffset: number("--offset") ?? number("-o") ?? 0x8000,
    flashSize: flash === undefined ? undefined : Number.parseInt(flash, 10) * 1024 * 1024,
    secure,
    primaryBootloaderOffset: number("--primary-bootloader-offset"),
    recoveryBootloaderOffset: number("--recovery-bootloader-offset"),
    extraSubtypes: extra.value,
    environment: env,
    md5Row: !all.includes("--disable-md5sum"),
  };
  const usage = flash !== undefined && !/^(1|2|4|8|16|32|64|128)MB$/.test(flash);
  return { facts, usage };
}

/** Which refusal of the tool each of our rules is; several texts of the tool are one mistake to us. */
export const classesOf: Readonly<Record<string, readonly string[]>> = {
  "unknown-variable": ["E_VAR"],
  "type-empty": ["E_TYPE_EMPTY"],
  "app-subtype-empty": ["E_APP_SUBTYPE_EMPTY"],
  "unknown-keyword": ["E_KEYWORD"],
  "invalid-number": ["E_INT"],
  "size-empty": ["E_SIZE_EMPTY"],
  "unknown-flag": ["E_FLAG"],
  "bootloader-offset": ["E_NO_BOOTLOADER_OFFSET", "E_NO_RECOVERY_OFFSET"],
  "bootloader-above-table": ["E_BOOTLOADER_ABOVE_TABLE"],
  "overlaps-table": ["E_OVERLAP_TABLE", "E_OVERLAP_PREV", "E_BELOW_TABLE"],
  overlap: ["E_OVERLAP_PREV", "E_OVERLAP", "E_OVERLAP_TABLE"],
  "offset-order": ["E_OVERLAP_PREV", "E_OVERLAP_TABLE"],
  "offset-alignment": ["E_ALIGN_OFFSET"],
  "app-size-alignment": ["E_ALIGN_SIZE"],
  "always-writable": ["E_READONLY"],
  "nvs-size": ["E_NVS_SMALL"],
  "duplicate-name": ["E_DUP_NAME"],
  "otadata-duplicate": ["E_OTADATA_MULTI"],
  "otadata-size": ["E_OTADATA_SIZE"],
  "tee-otadata-duplicate": ["E_TEE_OTADATA_MULTI"],
  "tee-otadata-size": ["E_TEE_OTADATA_SIZE"],
  "flash-size": ["E_FLASH_SIZE"],
  "field-range": ["E_STRUCT"],
  "table-length": ["E_TOO_LONG"],
};

/**
 * The tool's error class for these bytes: the first refusal in the order in which the tool works. Where our rule
 * stands for several classes, the corpus' own class is taken if it is one of them.
 */
export function refusalOf(bytes: Uint8Array, golden: GoldenCase): string {
  const { facts, usage } = optionsOf(golden);
  if (usage) return "E_USAGE";
  const text = decodeText(bytes);
  if (!text.ok) return "E_UTF8";
  const first = firstRefusal(analyse(text.value, facts));
  if (!first) return "OK";
  const classes = classesOf[first.id] ?? [];
  return classes.includes(golden.error_class) ? golden.error_class : (classes[0] ?? first.id);
}

const stages = ["options", "read", "place", "verify", "flash", "encode"];
const perRow = new Set(["offset-alignment", "app-size-alignment", "always-writable", "nvs-size"]);

/** The column at which the tool notices what we show on the whole row. */
const columnOf: Readonly<Record<string, Column>> = {
  "type-empty": "type",
  "app-subtype-empty": "subtype",
  "bootloader-offset": "size",
  "size-empty": "size",
};

/** What the tool would stop at: by stage; inside a stage row by row, or rule by rule where the tool looks at the whole table. */
export function firstRefusal({ csv, problems }: Analysis): Problem | undefined {
  const order = rules.map(({ id }) => id as string);
  const placeOf = ({ id, at }: Problem): number => {
    const column = columnOf[id];
    const row = csv.rows.find(({ span }) => span.start <= at.start && at.start <= span.end);
    return column && row ? cellOf(row, column).outer.start : at.start;
  };
  const rank = (problem: Problem): number[] => {
    const { id, stage } = problem;
    const rowByRow = stage === "read" || stage === "place" || perRow.has(id);
    return [stages.indexOf(stage), rowByRow ? 0 : 1, rowByRow ? placeOf(problem) : order.indexOf(id)];
  };
  return problems
    .filter(({ stage, severity }) => stage !== "device" && severity === "error")
    .sort((a, b) => compare(rank(a), rank(b)))[0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, i) => value !== b[i]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
