import { createHash } from "node:crypto";
import { type EndpointName, errors, isObject } from "./contract";

/** What the devices of a hawkBit are, by the query that finds them, and what it is asked to do wrong. */
export interface HawkbitWorld {
  readonly targets: Readonly<Record<string, number>>;
  readonly tenant?: string;
  /** Types that are gone. */
  readonly withoutTypes?: readonly string[];
  /** What is there already beside what is asked for, so that what is asked for is not on the first page. */
  readonly noise?: number;
  /** How many entries it gives at once at the most; hawkBit's own limit is 500. */
  readonly largestPage?: number;
}

export interface Call {
  readonly name: EndpointName;
  readonly ids: readonly number[];
  readonly parameters: URLSearchParams;
  readonly body: unknown;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array } | undefined;
}

export interface Reply {
  readonly status: number;
  readonly json?: unknown;
}

type Entity = Readonly<Record<string, unknown>> & { readonly id: number };

/** A hawkBit in memory: what it keeps, and how it answers a call that is within the contract. */
export function hawkbitStore(world: HawkbitWorld) {
  let last = 100;
  const kept = {
    modules: [] as Entity[],
    artifacts: [] as Entity[],
    sets: [] as Entity[],
    filters: [] as Entity[],
    rollouts: [] as Entity[],
  };
  const assigned = new Map<number, number>();
  for (let i = 0; i < (world.noise ?? 0); i++) {
    const id = ++last;
    kept.rollouts.push({ id, name: `other-${id}`, targetFilterQuery: "name==x", distributionSetId: 1 });
  }

  const page = (all: readonly object[], { parameters }: Call): Reply => {
    const offset = Number(parameters.get("offset") ?? 0);
    const limit = Math.min(Number(parameters.get("limit") ?? 50), world.largestPage ?? 500);
    const content = all.slice(offset, offset + limit);
    return { status: 200, json: { content, total: all.length, size: content.length } };
  };
  /** hawkBit's `==` looks away from upper and lower case; with noise a query finds more than was meant. */
  const find = (all: readonly Entity[], call: Call): Reply => {
    const wanted = (call.parameters.get("q") ?? "").split(";").map((part) => part.split("=="));
    const matches = (entity: Entity): boolean =>
      wanted.every(([field = "", value = ""]) => String(entity[field]).toLowerCase() === value.toLowerCase());
    return page(world.noise ? all : all.filter(matches), call);
  };
  const types = (call: Call): Reply => {
    const key = call.parameters.get("q")?.replace("key==", "") ?? "";
    return page(world.withoutTypes?.includes(key) ? [] : [{ id: 1, key, name: key.toUpperCase() }], call);
  };
  const add = (all: Entity[], entity: object, keys: readonly string[]): Reply => {
    const fresh = { ...entity, id: ++last } as Entity;
    if (all.some((one) => keys.every((key) => one[key] === fresh[key]))) return refused("exists");
    all.push(fresh);
    return { status: 201, json: fresh };
  };
  const addList = (
    all: Entity[],
    { body }: Call,
    keys: readonly string[],
    full = (one: object) => one,
  ): Reply => {
    const [first] = Array.isArray(body) ? body.filter(isObject) : [];
    if (!first) return refused("body");
    const { status, json } = add(all, full(first), keys);
    return { status, json: status === 201 ? [json] : json };
  };
  const isSet = (id: unknown): boolean => kept.sets.some((set) => set.id === id);

  const answers: Readonly<Record<EndpointName, (call: Call) => Reply>> = {
    userinfo: () => ({
      status: 200,
      json: { tenant: world.tenant ?? "DEFAULT", username: "me", permissions: [] },
    }),
    targets: (call) => {
      const count = world.targets[call.parameters.get("q") ?? ""] ?? 0;
      return {
        status: 200,
        json: { content: count > 0 ? [{ controllerId: "a" }] : [], total: count, size: 1 },
      };
    },
    moduleTypes: types,
    setTypes: types,
    modules: (call) => find(kept.modules, call),
    sets: (call) => find(kept.sets, call),
    filters: (call) => find(kept.filters, call),
    rollouts: (call) => find(kept.rollouts, call),
    artifacts: ({ ids: [module] }) =>
      kept.modules.some(({ id }) => id === module)
        ? { status: 200, json: kept.artifacts.filter((artifact) => artifact.module === module) }
        : refused("missing"),
    assignment: ({ ids: [filter = 0] }) => {
      const set = kept.sets.find(({ id }) => id === assigned.get(filter));
      return set ? { status: 200, json: set } : { status: 204 };
    },
    createModules: (call) => addList(kept.modules, call, ["name", "version", "type"]),
    upload: ({ ids: [module], parameters, file }) => {
      if (kept.modules.every(({ id }) => id !== module)) return refused("missing");
      const bytes = file?.bytes ?? new Uint8Array();
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const stated = parameters.get("sha256sum");
      if (stated !== null && stated !== sha256) return refused("sha256");
      const providedFilename = parameters.get("filename") ?? file?.name;
      const artifact = {
        module,
        providedFilename,
        size: bytes.length,
        hashes: { sha1: "0", md5: "0", sha256 },
      };
      return add(kept.artifacts, artifact, ["module", "providedFilename"]);
    },
    createSets: (call) =>
      addList(kept.sets, call, ["name", "version"], (one) => ({
        ...one,
        modules: ("modules" in one && Array.isArray(one.modules) ? one.modules : []).flatMap(
          (wanted: { readonly id: number }) => kept.modules.find(({ id }) => id === wanted.id) ?? [],
        ),
      })),
    createFilter: ({ body }) => add(kept.filters, isObject(body) ? body : {}, ["name"]),
    assign: ({ ids: [filter = 0], body }) => {
      const set = isObject(body) ? body.id : undefined;
      if (kept.filters.every(({ id }) => id !== filter) || !isSet(set)) return refused("missing");
      assigned.set(filter, Number(set));
      return { status: 200, json: { id: filter, autoAssignDistributionSet: set } };
    },
    createRollout: ({ body }) => {
      if (!isObject(body) || !isSet(body.distributionSetId)) return refused("missing");
      if (body.groups !== undefined && body.amountGroups !== undefined) return refused("constraint");
      if ((world.targets[String(body.targetFilterQuery)] ?? 0) === 0) return refused("constraint");
      const groups = Array.isArray(body.groups) ? body.groups.length : 1;
      return add(kept.rollouts, { ...body, status: "creating", totalGroups: groups, totalTargets: 1 }, [
        "name",
      ]);
    },
  };
  return { answer: (call: Call): Reply => answers[call.name](call), kept, assigned };
}

/** As `ExceptionInfo` has it. */
export function refused(reason: keyof typeof errors): Reply {
  const [status, errorCode] = errors[reason];
  return {
    status,
    json: { exceptionClass: "org.eclipse.hawkbit.Fault", errorCode, message: `This is ${reason}.` },
  };
}
