import type { HawkbitNeed, HawkbitPublication, HawkbitStep } from "../../core/fleet/hawkbit/steps";
import { resolved, resolvedPath } from "../../core/fleet/hawkbit/steps";
import { type Failure, failure, type Result, success } from "../../core/result";
import { type HawkbitFault, refusal } from "./answers";
import type { SendHttp } from "./http";
import { countOf, idOf, look, tenantOf } from "./look";

export interface PublishedStep {
  readonly id: string;
  readonly what: string;
  readonly outcome: "created" | "exists";
}

interface PublishHost {
  readonly send: SendHttp;
  /** Images of the release by path. */
  readonly images: ReadonlyMap<string, Uint8Array>;
  /** Publishes into no other tenant than this one. */
  readonly tenant?: string | undefined;
  /** Hears of each step when it is done. */
  readonly onStep: (step: PublishedStep) => void;
}

/**
 * Publishes what is not there yet. Everything is looked for before anything is created: where something of the same name is
 * something else, nothing is. What is there is left as it is.
 */
export async function publish(
  { needs, steps }: HawkbitPublication,
  host: PublishHost,
): Promise<Result<readonly PublishedStep[], HawkbitFault>> {
  const wrong = (await otherTenant(host)) ?? (await unmetNeed(needs, host.send));
  if (wrong) return wrong;
  const ids = new Map<string, number>();
  const missing = new Set<string>();
  for (const step of steps) {
    const found = await look(step, ids, host.send);
    if (!found.ok) return found;
    if (found.value === "missing") missing.add(step.id);
    else ids.set(step.id, found.value);
  }
  const done: PublishedStep[] = [];
  for (const step of steps) {
    const isNew = missing.has(step.id);
    const id = isNew ? await create(step, ids, host) : undefined;
    if (id && !id.ok) return id;
    if (id) ids.set(step.id, id.value);
    const told: PublishedStep = { id: step.id, what: step.what, outcome: isNew ? "created" : "exists" };
    done.push(told);
    host.onStep(told);
  }
  return success(done);
}

async function otherTenant({ tenant, send }: PublishHost): Promise<Failure<HawkbitFault> | undefined> {
  if (tenant === undefined) return undefined;
  const own = await tenantOf(send);
  if (!own.ok) return own;
  if (own.value.toLowerCase() === tenant.toLowerCase()) return undefined;
  return failure("need", 0, `The user belongs to another tenant than '${tenant}'. Nothing was published.`);
}

async function unmetNeed(
  needs: readonly HawkbitNeed[],
  send: SendHttp,
): Promise<Failure<HawkbitFault> | undefined> {
  for (const need of needs) {
    const met = await meets(need, send);
    if (!met.ok) return met;
  }
  return undefined;
}

async function meets(
  { path, query, least, most = Number.POSITIVE_INFINITY, otherwise }: HawkbitNeed,
  send: SendHttp,
): Promise<Result<undefined, HawkbitFault>> {
  const count = await countOf(path, query, send);
  if (!count.ok) return count;
  if (count.value >= least && count.value <= most) return success(undefined);
  return failure("need", 0, `${otherwise} hawkBit has ${count.value}. Nothing was published.`);
}

async function create(
  { create: { path, body, file, parameters }, what }: HawkbitStep,
  ids: ReadonlyMap<string, number>,
  { send, images }: PublishHost,
): Promise<Result<number, HawkbitFault>> {
  const place = resolvedPath(path, ids);
  const json = body === undefined ? undefined : resolved(body, ids);
  const form = file === undefined ? undefined : formOf(file, parameters?.filename ?? file, images);
  // The steps are in the order of their references, so that this is a fault of Crossflash.
  if (place === undefined || (json === undefined && form === undefined))
    throw new Error(`The request for ${what} cannot be made.`);
  const answer = await send({ method: "POST", path: place, parameters, json, form });
  if (!answer.ok)
    return failure(
      answer.reason,
      0,
      `Whether the ${what} was created is not known. ${answer.message}. Publish again: what is there is found.`,
    );
  const { status } = answer.value;
  if (status !== 201 && status !== 200) return refusal(`the ${what}`, answer.value);
  const id = idOf(answer.value.json);
  return id === undefined ? failure("answer", 0, `hawkBit gave no id to the ${what}.`) : success(id);
}

function formOf(path: string, name: string, images: ReadonlyMap<string, Uint8Array>): FormData {
  const form = new FormData();
  const bytes = images.get(path);
  if (!bytes) throw new Error(`The release has no '${path}'.`);
  form.set("file", new Blob([new Uint8Array(bytes)], { type: "application/octet-stream" }), name);
  return form;
}
