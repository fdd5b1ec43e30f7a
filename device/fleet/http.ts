import { failure, type Result, success } from "../../core/result";
import { reasonOf } from "../../core/text/reason";

/** `unreachable`: no answer came; `answer`: one came that is none of HTTP with JSON. */
export type HttpFault = "unreachable" | "answer";

/** One request; the path begins with `/` and is put behind the address of the server. */
interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly json?: unknown;
  readonly form?: FormData | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Parsed; undefined where the answer has no body. */
  readonly json: unknown;
}

export type SendHttp = (request: HttpRequest) => Promise<Result<HttpAnswer, HttpFault>>;

interface HttpOptions {
  /** Without a slash at its end. */
  readonly url: string;
  /** The whole header; it goes nowhere but into requests. */
  readonly authorization: string;
  /** Milliseconds until a request is given up. */
  readonly timeout?: number | undefined;
  /** Settles after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** An image of 4 MB over a slow line. */
const TIMEOUT = 120_000;
/** Milliseconds before the second and third try. */
const WAITS = [500, 2000] as const;
/** 408, 429 and 5xx may pass; everything else is an answer. */
const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;
/** Of an answer; the longest pages of hawkBit are far below. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/**
 * Sends requests to one server. Only what asks and changes nothing is sent again; redirections are not followed, because
 * the credentials would go along.
 */
export function httpClient(options: HttpOptions): SendHttp {
  const once = (request: HttpRequest) => send(request, options);
  return async (request) => {
    let answer = await once(request);
    if (request.method !== "GET") return answer;
    for (const wait of WAITS) {
      if (answer.ok ? !isPassing(answer.value.status) : answer.reason !== "unreachable") break;
      await options.pause(wait);
      answer = await once(request);
    }
    return answer;
  };
}

async function send(
  { method, path, parameters, json, form }: HttpRequest,
  { url, authorization, timeout = TIMEOUT }: HttpOptions,
): Promise<Result<HttpAnswer, HttpFault>> {
  const query = new URLSearchParams(parameters).toString();
  const body = form ?? (json === undefined ? null : JSON.stringify(json));
  try {
    const answer = await fetch(`${url}${path}${query === "" ? "" : `?${query}`}`, {
      method,
      headers: {
        Accept: "application/json",
        Authorization: authorization,
        ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    return await parsed(answer);
  } catch (error) {
    return failure("unreachable", 0, `${url} does not answer: ${causeOf(error)}`);
  }
}

async function parsed(answer: Response): Promise<Result<HttpAnswer, HttpFault>> {
  const { status } = answer;
  const text = await textOf(answer);
  if (text === "") return success({ status, json: undefined });
  try {
    if (text !== undefined) return success({ status, json: JSON.parse(text) });
  } catch {
    // A proxy or a page of login: said below.
  }
  // What refuses is told by its status, whatever stands in it.
  if (status >= 300) return success({ status, json: undefined });
  return failure("answer", 0, "The answer is no JSON: this address is not that of a hawkBit.");
}

/** Undefined where it is too long: the rest of it is not read. */
async function textOf({ body }: Response): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > LONGEST_ANSWER) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** `fetch` hides the reason of the system in the cause. */
const causeOf = (error: unknown): string =>
  reasonOf(error instanceof Error && error.cause instanceof Error ? error.cause : error);
