import type { ProjectIdf } from "./projectIdf";
import type { ScaffoldFile } from "./scaffold";

/** The files of `firmware/` by their paths in it, `/`-separated. */
export type Templates = ReadonlyMap<string, string>;

/** What `firmware/project` calls the app. */
const TEMPLATE_NAME = "repartitioner";

/** ESP-IDF has no make since v5.0. */
const isForMake = (path: string): boolean => /(^|\/)(Makefile|component\.mk)$/.test(path);

/**
 * The sources of the repartitioner as files of a project: core and port are its component `main`, in one folder. The
 * name of the app is what the build calls its binary.
 */
export const sourceFiles = (
  templates: Templates,
  { major }: ProjectIdf,
  name: string,
): readonly ScaffoldFile[] =>
  [...templates].flatMap(([path, text]) => {
    const [, folder, rest = ""] = /^(core|port|project)\/([^/]+)$/.exec(path) ?? [];
    if (folder === undefined || (major >= 5 && isForMake(path))) return [];
    return folder === "project"
      ? [{ path: rest, text: named(text, name), kind: "generated" as const }]
      : [{ path: `main/${rest}`, text, kind: "generated" as const }];
  });

const named = (text: string, name: string): string =>
  text
    .replace(`project(${TEMPLATE_NAME})`, `project(${name})`)
    .replace(`PROJECT_NAME := ${TEMPLATE_NAME}`, `PROJECT_NAME := ${name}`);
