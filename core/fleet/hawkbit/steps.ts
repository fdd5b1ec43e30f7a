/** What is published, as data: in order, each step with the question whether it is there already. */
export interface HawkbitStep {
  readonly id: string;
  /** For people, such as `distribution set crossflash-table 0123456789ab`. */
  readonly what: string;
  readonly look: Look;
  readonly create: Creation;
}

/** How what may be there is found. Answers: `page` is hawkBit's PagedList, `list` an array, `linked` one object or 204. */
export interface Look {
  readonly answer: "page" | "list" | "linked";
  readonly path: string;
  /** RSQL, for `page`. */
  readonly query?: string | undefined;
  /** It is that one among those that were found. */
  readonly key: Fields;
  /** It must be like this, or somebody else has made it for something else. */
  readonly same: Fields;
}

/** A request. In paths `{id}` and in bodies `{ "$id": id }` stand for the number that hawkBit gave to an earlier step. */
interface Creation {
  readonly method: "POST";
  readonly path: string;
  /** Lists of one are what hawkBit takes for modules and sets. */
  readonly body?: Json;
  /** The path of a file in the release, sent as `multipart/form-data` in the part `file`. */
  readonly file?: string;
  /** Parameters of the address. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export type Fields = Readonly<Record<string, Json>>;

export type Json =
  | string
  | number
  | boolean
  | null
  | Reference
  | readonly Json[]
  | { readonly [name: string]: Json };

interface Reference {
  readonly $id: string;
}

/** A question that must be answered so before anything is created. */
export interface HawkbitNeed {
  readonly path: string;
  readonly query: string;
  /** How many there have to be. */
  readonly least: number;
  readonly most?: number | undefined;
  /** Said when there are not so many. */
  readonly otherwise: string;
}

export interface HawkbitPublication {
  readonly needs: readonly HawkbitNeed[];
  readonly steps: readonly HawkbitStep[];
}

/** The ids of the steps that have to be there before this value can be sent. */
export function referencesIn(value: Json | undefined): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (isReference(value)) return [value.$id];
  return Object.values(value).flatMap((member: Json) => referencesIn(member));
}

/** The value with the numbers in place of the references; undefined where one is not known. */
export function resolved(value: Json, ids: ReadonlyMap<string, number>): Json | undefined {
  if (typeof value !== "object" || value === null) return value;
  if (isReference(value)) return ids.get(value.$id);
  if (Array.isArray(value)) {
    const members = value.map((member: Json) => resolved(member, ids));
    return members.some((member) => member === undefined) ? undefined : (members as readonly Json[]);
  }
  const members = Object.entries(value).map(([name, member]) => [name, resolved(member, ids)] as const);
  return members.some(([, member]) => member === undefined)
    ? undefined
    : (Object.fromEntries(members) as { readonly [name: string]: Json });
}

/** The path with the numbers; undefined where one is not known. */
export function resolvedPath(path: string, ids: ReadonlyMap<string, number>): string | undefined {
  const names = [...path.matchAll(/\{([\w-]+)\}/g)].map(([, name = ""]) => name);
  if (names.some((name) => !ids.has(name))) return undefined;
  return path.replace(/\{([\w-]+)\}/g, (_, name: string) => String(ids.get(name)));
}

const isReference = (value: object): value is Reference => "$id" in value && typeof value.$id === "string";

/** Whether `found` has all of `wanted`, member by member; what else it has does not count. */
export function includes(found: unknown, wanted: Json): boolean {
  if (typeof wanted !== "object" || wanted === null) return found === wanted;
  if (typeof found !== "object" || found === null) return false;
  if (Array.isArray(wanted))
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((one: Json) => found.some((other: unknown) => includes(other, one)))
    );
  return Object.entries(wanted).every(([name, member]) =>
    includes((found as Readonly<Record<string, unknown>>)[name], member),
  );
}
