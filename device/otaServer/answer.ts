import type { IncomingHttpHeaders } from "node:http";
import { type ByteRange, readRange } from "../../core/delivery/byteRange";
import type { ServedImage } from "../../core/delivery/readDelivery";
import { pathOfTarget, type Site } from "./site";

export interface AskedRequest {
  readonly method: string;
  /** The request target as it came. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** What a request gets. Nothing in it comes from the request but the range, which was read. */
export type Answer =
  | {
      readonly kind: "image";
      readonly status: 200 | 206;
      readonly image: ServedImage;
      readonly range: ByteRange;
      readonly hasBody: boolean;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: "report" }
  | {
      readonly kind: "none";
      readonly status: 304 | 404 | 405 | 412 | 416;
      /** A sentence for people; empty where nothing is wrong. */
      readonly why: string;
      readonly headers: Readonly<Record<string, string>>;
    };

export function answerTo({ method, target, headers }: AskedRequest, site: Site): Answer {
  const page = site.find(pathOfTarget(target));
  if (page === undefined) return none(404, "There is nothing under this address.");
  if (page === "report")
    return method === "POST"
      ? { kind: "report" }
      : none(405, "Reports are sent here with POST.", { Allow: "POST" });
  if (method !== "GET" && method !== "HEAD")
    return none(405, "An image is fetched with GET.", { Allow: "GET, HEAD" });
  return imageAnswer(page, method === "GET", headers);
}

const none = (
  status: Extract<Answer, { readonly kind: "none" }>["status"],
  why: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({ kind: "none", status, why, headers });

function imageAnswer(image: ServedImage, hasBody: boolean, headers: IncomingHttpHeaders): Answer {
  const etag = `"${image.sha256}"`;
  const size = image.bytes.length;
  const own = { ETag: etag, "Accept-Ranges": "bytes", "Cache-Control": "no-cache" };
  if (headers["if-match"] !== undefined && !isNamed(headers["if-match"], etag))
    return none(412, "The image is another one by now.", own);
  if (headers["if-none-match"] !== undefined && isNamed(weakened(headers["if-none-match"]), etag))
    return none(304, "", own);
  const range = readRange(hasBody && isCurrent(headers["if-range"], etag) ? headers.range : undefined, size);
  if (!range.ok) return none(416, range.message, { ...own, "Content-Range": `bytes */${size}` });
  const { start, end } = range.value ?? { start: 0, end: size };
  return {
    kind: "image",
    status: range.value ? 206 : 200,
    image,
    range: { start, end },
    hasBody,
    headers: {
      ...own,
      "Content-Type": "application/octet-stream",
      "Content-Length": String(end - start),
      ...(range.value ? { "Content-Range": `bytes ${start}-${end - 1}/${size}` } : {}),
    },
  };
}

const isNamed = (field: string, etag: string): boolean =>
  field.split(",").some((one) => one.trim() === "*" || one.trim() === etag);

/** Only `If-None-Match` takes a weak one for the same (RFC 9110, 13.1). */
const weakened = (field: string): string => field.replace(/W\/(?=")/g, "");

/** A date cannot be the right one: images are known by what they hold. */
const isCurrent = (field: string | string[] | undefined, etag: string): boolean =>
  field === undefined || field === etag;
