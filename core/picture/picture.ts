import type { Change } from "../migrate/diff";
import { endOf } from "../table/entry";
import { hex, percentText, sizeText } from "../text/units";
import { calledName, changeWord, listed } from "./names";
import type { Comparison, Fill, Scene, SceneBinary, SceneRegion } from "./scene";

/** What is exported: the same as what the page shows, without its problems and its selection. */
export interface Picture {
  /** The name of the file. Text from outside: never markup. */
  readonly title: string;
  readonly scene: Scene;
  readonly comparison?: Comparison | undefined;
  readonly binary?: SceneBinary | undefined;
}

/** One line of the table below the picture. */
export interface PictureRow {
  readonly region: SceneRegion;
  /** `93.1 % full, 106 KB free`; empty for what is no app slot. */
  readonly fill: string;
  /** `grown by 256 KB`, `receives MicroPython`; what is wrong comes first. */
  readonly notes: readonly Note[];
  /** Whether only the source table has it. */
  readonly isErased: boolean;
}

export interface Note {
  readonly words: string;
  readonly isWrong: boolean;
}

/** All regions in the order of their offsets, and behind them the erased ones of the source table. */
export function pictureRows({ scene, comparison }: Picture): PictureRow[] {
  const changes = comparison?.diff.changes ?? [];
  const source = new Map(comparison?.source.regions.map((region) => [region.row, region]));
  const changeOf = new Map(changes.map((change) => [change.after, change]));
  const isErased = new Set(changes.filter(({ kind }) => kind === "erased").map(({ before }) => before));
  return [
    ...scene.regions.map((region): PictureRow => {
      const change = region.row === undefined ? undefined : changeOf.get(region.row);
      const becomes = change ? [changeText(change, source.get(change.before))] : [];
      return {
        region,
        fill: region.fill ? fillText(region.fill) : "",
        notes: [...notes(faultsOf(region), true), ...notes([...becomes, ...usesOf(region)], false)],
        isErased: false,
      };
    }),
    ...[...source.values()]
      .filter(({ row }) => row !== undefined && isErased.has(row))
      .map((region) => ({ region, fill: "", notes: notes(["erased"], false), isErased: true })),
  ];
}

const notes = (words: readonly string[], isWrong: boolean): Note[] =>
  words.map((each) => ({ words: each, isWrong }));

/** `93.1 % full, 106 KB free`, or by how much the slot is too small. */
export const fillText = ({ used, left }: Fill): string =>
  left < 0
    ? `${sizeText(-left)} too small`
    : `${percentText(used / (used + left))} full, ${sizeText(left)} free`;

/** What became of a partition, for the place beside its name. */
function changeText(change: Change, before: SceneRegion | undefined): string {
  const { kind, growth } = change;
  if (kind === "grown" || kind === "shrunk") return `${kind} by ${sizeText(Math.abs(growth))}`;
  return kind === "moved" && before ? `moved from ${hex(before.offset)}` : changeWord(change);
}

const usesOf = ({ fill, isRunning }: SceneRegion): string[] => [
  ...(fill?.isTarget ? ["receives MicroPython"] : []),
  ...(isRunning ? ["runs the repartitioner"] : []),
];

function faultsOf({ overlaps, beyond, kind }: SceneRegion): string[] {
  const shared = overlaps.reduce((sum, { offset, end }) => sum + end - offset, 0);
  return [
    ...(shared > 0 ? [`overlaps by ${sizeText(shared)}`] : []),
    ...(beyond && kind !== "gap" ? [`${sizeText(beyond.end - beyond.offset)} beyond the end of flash`] : []),
  ];
}

/** `4 MB of flash, MicroPython v1.20.0 (1.4 MB)`. */
export function factsText({ scene, binary }: Picture): string {
  const flash =
    scene.flashSize === undefined ? "Flash of unknown size" : `${sizeText(scene.flashSize)} of flash`;
  return binary ? `${flash}, ${binary.title} (${sizeText(binary.appSize)})` : flash;
}

/** What becomes of the partitions and of their bytes, and what could not be drawn, as sentences. */
export function summaryText({ scene, comparison }: Picture): string {
  const names = scene.unplaced.map(({ name }) => calledName(name));
  const { diff } = comparison ?? {};
  return [
    ...(diff
      ? [diff.summary, `In all: ${sizeText(diff.bytesKept)} kept, ${sizeText(diff.bytesLost)} lost.`]
      : []),
    ...(names.length > 0 ? [`Without a place or a size, and so not drawn: ${listed(names)}.`] : []),
  ].join(" ");
}

/** The regions as a sentence, for those who cannot see the picture. */
export const spokenText = ({ scene }: Picture): string =>
  scene.regions
    .map(
      (region) => `${region.name}: ${hex(region.offset)} to ${hex(endOf(region))}, ${sizeText(region.size)}.`,
    )
    .join(" ");
