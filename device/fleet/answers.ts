import { isRecord } from "../../core/fleet/isRecord";
import { type Failure, failure } from "../../core/result";
import type { HttpAnswer, HttpFault } from "./http";

/**
 * `credentials`: it does not know who asks, or does not let him; `need`: something must be there first; `conflict`:
 * something else has the name; `refused`: hawkBit does not take it.
 */
export type HawkbitFault = HttpFault | "credentials" | "need" | "conflict" | "refused";

/** What hawkBit says when it refuses, from its `ExceptionInfo`. `at` is always 0. */
export function refusal(what: string, { status, json }: HttpAnswer): Failure<HawkbitFault> {
  const { errorCode, message } = isRecord(json) ? json : {};
  const said = [errorCode, message].flatMap((part) =>
    typeof part === "string" && part !== "" ? [shown(part)] : [],
  );
  const why = said.length > 0 ? ` It says: ${said.join(": ")}` : "";
  if (status === 401)
    return failure("credentials", 0, `hawkBit does not know the user, or the password is wrong (401).${why}`);
  if (status === 403)
    return failure("credentials", 0, `The user may not do this on hawkBit: ${what} (403).${why}`);
  if (status === 409)
    return failure(
      "conflict",
      0,
      `hawkBit has another one in place of ${what}, perhaps one that was deleted: its name stays taken (409).${why}`,
    );
  return failure("refused", 0, `hawkBit refused ${what} with status ${status}.${why}`);
}

/** A foreign text in a sentence. */
const shown = (text: string): string => text.replace(/\p{Cc}+/gu, " ").slice(0, 500);
