import type { Analysis } from "../analyse";
import type { ChosenBinary } from "../facts";
import { type CsvRow, cellOf } from "../table/csv";
import type { PlacedEntry } from "../table/entry";
import { APP, COREDUMP, DATA, NVS, OTADATA, offsetAlignment } from "../table/subtypes";
import { alignDown, alignUp, csvSize, hex, percentText, sizeText } from "../text/units";
import { entryOf, readRowOf } from "./cursor";
import { endAbove, limitBelow } from "./room";

export interface SuggestedSize {
  readonly label: string;
  readonly detail: string;
  readonly documentation: string;
}

/** Erase and mapping granularity: an application grows in steps of 64 KB as its offset does. */
const APP_STEP = 0x10000;

/** Sizes that make sense for the row: what its kind needs, what the binary fills, what the neighbours leave. */
export function suggestedSizes(analysis: Analysis, row: CsvRow, offset: number): SuggestedSize[] {
  const { type, subtype } = readRowOf(analysis, row) ?? {};
  const start = entryOf(analysis, row)?.offset ?? startOf(analysis, row, type);
  const sizes = [
    ...(type === APP ? appSizes(analysis, row) : []),
    ...(type === DATA ? dataSizes(subtype) : []),
    ...roomLeft(analysis, offset, start),
  ];
  const spell = spelling(analysis);
  return unique(sizes).map(({ bytes, ...size }) => ({ label: spell(bytes), ...size }));
}

interface Sized {
  readonly bytes: number;
  readonly detail: string;
  readonly documentation: string;
}

/** Room from `start` to what comes below, in whole sectors. */
export function roomFrom(analysis: Analysis, offset: number, start: number | undefined): number | undefined {
  const limit = limitBelow(analysis, offset);
  if (start === undefined || limit === undefined) return undefined;
  const room = alignDown(limit - start, 0x1000);
  return room > 0 ? room : undefined;
}

/** The size that an app slot needs for the binary, in whole steps. */
export const slotSizeFor = ({ appSize }: ChosenBinary): number => alignUp(appSize, APP_STEP);

function startOf(analysis: Analysis, row: CsvRow, type: number | undefined): number | undefined {
  const named = readRowOf(analysis, row)?.offset;
  const lowest = endAbove(analysis, row.span.start);
  return named ?? (lowest === undefined ? undefined : alignUp(lowest, offsetAlignment(type)));
}

function roomLeft(analysis: Analysis, offset: number, start: number | undefined): Sized[] {
  const bytes = roomFrom(analysis, offset, start);
  if (bytes === undefined) return [];
  const documentation = `${sizeText(bytes)}, up to the next partition that names its offset, or to the end of flash.`;
  return [{ bytes, detail: "all that is left", documentation }];
}

function appSizes({ facts, table }: Analysis, row: CsvRow): Sized[] {
  const others = table.entries.filter((entry) => entry.type === APP && entry.row !== row && entry.size > 0);
  return [...fitsBinary(facts.micropython), ...others.map(sameSize)];
}

function fitsBinary(binary: ChosenBinary | undefined): Sized[] {
  if (!binary || binary.kind === "unusable") return [];
  const bytes = slotSizeFor(binary);
  const fill = percentText(binary.appSize / bytes);
  return [
    {
      bytes,
      detail: `fits ${binary.name}`,
      documentation: `${binary.title || binary.name} is ${sizeText(binary.appSize)} and fills ${fill} of it. Later releases are larger.`,
    },
  ];
}

const sameSize = ({ name, size }: PlacedEntry): Sized => ({
  bytes: size,
  detail: `as '${name}'`,
  documentation: "Update slots of one size can hold each other's application.",
});

function dataSizes(subtype: number | undefined): Sized[] {
  const usual = usualSizes.find((known) => known.subtype === subtype);
  return usual ? [{ bytes: usual.bytes, detail: usual.detail, documentation: usual.documentation }] : [];
}

const usualSizes = [
  { subtype: OTADATA, bytes: 0x2000, detail: "required", documentation: "otadata is always two sectors." },
  {
    subtype: 0x01,
    bytes: 0x1000,
    detail: "usual",
    documentation: "One sector holds the radio's calibration.",
  },
  {
    subtype: NVS,
    bytes: 0x6000,
    detail: "usual",
    documentation: "Writable NVS needs at least 0x3000 bytes.",
  },
  { subtype: COREDUMP, bytes: 0x10000, detail: "usual", documentation: "Larger with many tasks." },
  { subtype: 0x04, bytes: 0x1000, detail: "required", documentation: "One sector holds the keys of NVS." },
] as const;

/** As the other rows write their sizes: in hex where they do, with K and M otherwise. */
export function spelling({ csv }: Analysis): (bytes: number) => string {
  const written = csv.rows.map((row) => cellOf(row, "size").text).filter((text) => text !== "");
  const inHex = written.filter((text) => /^0x/i.test(text)).length;
  return inHex * 2 > written.length ? hex : csvSize;
}

const unique = (sizes: readonly Sized[]): Sized[] =>
  sizes.filter(({ bytes }, index) => sizes.findIndex((other) => other.bytes === bytes) === index);
