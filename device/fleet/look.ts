import { type HawkbitStep, includes, resolved, resolvedPath } from "../../core/fleet/hawkbit/steps";
import { isRecord } from "../../core/fleet/isRecord";
import { failure, type Result, success } from "../../core/result";
import { type HawkbitFault, refusal } from "./answers";
import type { SendHttp } from "./http";

/** The most that hawkBit gives at once (`MgmtRestConstants.REQUEST_PARAMETER_PAGING_MAX_LIMIT`). */
const PAGE = 500;

/**
 * The id of what a step would create, where it is there already; `missing` where it is not. Something of the same name that
 * is something else is a failure.
 */
export async function look(
  step: HawkbitStep,
  ids: ReadonlyMap<string, number>,
  send: SendHttp,
): Promise<Result<number | "missing", HawkbitFault>> {
  const { key, same, path } = step.look;
  const place = resolvedPath(path, ids);
  // Nothing can hang on what is not there.
  if (place === undefined) return success("missing");
  const all = await candidates(step, place, send);
  if (!all.ok) return all;
  const found = all.value.find((one) => includes(one, key));
  if (!found) return success("missing");
  const wanted = resolved(same, ids);
  const id = idOf(found);
  if (wanted !== undefined && id !== undefined && includes(found, wanted)) return success(id);
  return failure(
    "conflict",
    0,
    `hawkBit has another ${step.what}: it was made for something else, or changed. Nothing was published. Delete it there, or make another release.`,
  );
}

async function candidates(
  { look: { answer, query }, what }: HawkbitStep,
  path: string,
  send: SendHttp,
): Promise<Result<readonly unknown[], HawkbitFault>> {
  if (answer === "page") return pages(path, query ?? "", send);
  const got = await get(path, undefined, `the ${what}`, send);
  if (!got.ok || got.value === undefined) return got.ok ? success([]) : got;
  if (answer === "linked") return success([got.value]);
  return Array.isArray(got.value) ? success(got.value) : strange(path);
}

/** All pages: what is looked for may stand on any. */
async function pages(
  path: string,
  q: string,
  send: SendHttp,
): Promise<Result<readonly unknown[], HawkbitFault>> {
  const found: unknown[] = [];
  for (;;) {
    const page = await get(path, { q, offset: String(found.length), limit: String(PAGE) }, path, send);
    if (!page.ok) return page;
    const content = contentOf(page.value);
    if (!content) return strange(path);
    found.push(...content.items);
    if (content.items.length === 0 || found.length >= content.total) return success(found);
  }
}

/** How many a query finds. */
export async function countOf(
  path: string,
  q: string,
  send: SendHttp,
): Promise<Result<number, HawkbitFault>> {
  const page = await get(path, { q, offset: "0", limit: "1" }, `the question for ${q}`, send);
  if (!page.ok) return page;
  const content = contentOf(page.value);
  return content ? success(content.total) : strange(path);
}

/** The tenant of who asks (`MgmtUserInfo`). */
export async function tenantOf(send: SendHttp): Promise<Result<string, HawkbitFault>> {
  const path = "/rest/v1/userinfo";
  const user = await get(path, undefined, "the question for the tenant", send);
  if (!user.ok) return user;
  return isRecord(user.value) && typeof user.value.tenant === "string"
    ? success(user.value.tenant)
    : strange(path);
}

async function get(
  path: string,
  parameters: Readonly<Record<string, string>> | undefined,
  what: string,
  send: SendHttp,
): Promise<Result<unknown, HawkbitFault>> {
  const answer = await send({ method: "GET", path, parameters });
  if (!answer.ok) return answer;
  const { status, json } = answer.value;
  if (status === 204) return success(undefined);
  return status === 200 ? success(json) : refusal(what, answer.value);
}

function contentOf(
  page: unknown,
): { readonly items: readonly unknown[]; readonly total: number } | undefined {
  if (!isRecord(page) || !Array.isArray(page.content) || typeof page.total !== "number") return undefined;
  return { items: page.content, total: page.total };
}

/** Creations of lists answer with lists. */
export function idOf(json: unknown): number | undefined {
  const one: unknown = Array.isArray(json) ? json[0] : json;
  return isRecord(one) && typeof one.id === "number" ? one.id : undefined;
}

const strange = (path: string) =>
  failure("answer", 0, `hawkBit answers ${path} in a form that it does not have by its documentation.`);
