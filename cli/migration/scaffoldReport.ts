import type { PreparedScaffold } from "../../core/scaffold/prepare";
import { HEADER } from "../../core/scaffold/scaffold";
import type { FileState, ScaffoldUpdate } from "../../core/scaffold/update";
import { counted } from "../../core/text/units";

export const factsOf = ({ scaffold: { idf, name }, folder, update, notes }: PreparedScaffold) => ({
  folder,
  idf: idf.release,
  app: `build/${name}.bin`,
  notes,
  files: update.files.map(({ path, state }) => ({ path, state })),
  leftOver: update.leftOver,
});

/** A header that somebody has changed may hold another table or MicroPython than the migration. */
export const hasOwnHeader = ({ update }: PreparedScaffold): boolean =>
  update.files.some(({ path, state }) => path === HEADER && state === "changed");

/** What is not as it would be made, by why. */
const staleWords: Readonly<Partial<Record<FileState, string>>> = {
  new: "is missing.",
  outdated: "is out of date.",
  changed: "was changed by somebody, and something else would be made now.",
};

/** `count`: how many files would be written. What is the user's own does not have to be there. */
export const isCurrent = ({ update: { files, leftOver } }: PreparedScaffold, count: number): boolean =>
  leftOver.length === 0 &&
  count === files.filter(isMissingSecret).length &&
  files.every((file) => staleWords[file.state] === undefined || isMissingSecret(file));

const isMissingSecret = ({ kind, state }: ScaffoldUpdate["files"][number]): boolean =>
  kind === "yours" && state === "new";

/** `shown`: the folder as the user would write it. */
export const checkLines = (prepared: PreparedScaffold, count: number, shown: string): readonly string[] => [
  ...prepared.update.files.flatMap((file) => {
    const words = isMissingSecret(file) ? undefined : staleWords[file.state];
    return words === undefined ? [] : [`${shown}/${file.path} ${words}`];
  }),
  ...leftOverLines(prepared.update, shown),
  ...(prepared.manifest === undefined ? [] : ["crossflash.json does not name its header yet."]),
  isCurrent(prepared, count)
    ? `${shown} is up to date.`
    : `${shown} is out of date. Run 'crossflash scaffold'.`,
];

export interface Told {
  /** How many files were written. */
  readonly count: number;
  readonly force: boolean;
  readonly shown: string;
}

export function toldLines(
  { scaffold: { idf, name }, update }: PreparedScaffold,
  { count, force, shown }: Told,
): readonly string[] {
  const kept = force ? [] : update.files.filter(({ state }) => state === "changed");
  const isConfigNewer = update.files.some(
    ({ path, state }) =>
      path === "sdkconfig.defaults" && (state === "outdated" || (force && state === "changed")),
  );
  return [
    count === 0
      ? `${shown} is up to date.`
      : `${counted(count, "file")} ${count === 1 ? "was" : "were"} written for ${shown}, which builds with ESP-IDF ${idf.release}.`,
    ...kept.map(
      ({ path }) => `${shown}/${path} was changed by somebody and left alone. --force replaces it.`,
    ),
    ...leftOverLines(update, shown),
    ...(isConfigNewer
      ? [`Remove ${shown}/sdkconfig where there is one, so that the new defaults count.`]
      : []),
    `Next: build it as ${shown}/README.md says, into build/${name}.bin. Then 'crossflash plan' judges it.`,
  ];
}

const leftOverLines = ({ leftOver }: ScaffoldUpdate, shown: string): readonly string[] =>
  leftOver.map(
    (path) => `${shown}/${path} is not part of the project any more. Remove it, for it would be compiled.`,
  );
