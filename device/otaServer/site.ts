import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { reportPaths } from "../../core/delivery/address";
import type { ServedImage } from "../../core/delivery/readDelivery";

/** The addresses that exist on a server, and nothing else does. */
export interface Site {
  /** What stands under the path of a request, as it came over the wire. */
  find(path: string): Page | undefined;
  pathOf(page: Page): string;
}

export type Page = ServedImage | "report";

/** With a token everything stands below it; a path without it is one that does not exist. */
export function siteOf(images: readonly ServedImage[], token: string | undefined): Site {
  const prefix = token === undefined ? "" : `/${token}`;
  const reports = reportPaths(images);
  const pages = new Map<string, Page>(reports.map((path) => [path, "report"]));
  for (const image of images) pages.set(image.path, image);
  return {
    find: (path) => (isBelow(path, prefix) ? pages.get(path.slice(prefix.length)) : undefined),
    pathOf: (page) => prefix + (page === "report" ? reports[0] : page.path),
  };
}

/** In a time that says nothing of how much of a token was right. */
const isBelow = (path: string, prefix: string): boolean =>
  prefix === "" || timingSafeEqual(digestOf(path.slice(0, prefix.length)), digestOf(prefix));

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** The path of a request target (RFC 9112, 3.2), without a query. It is compared and never decoded. */
export function pathOfTarget(target: string): string {
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1] ?? target;
  return /^[^?#]*/.exec(path)?.[0] ?? "";
}

/** A token that nobody guesses. */
export const newToken = (): string => randomBytes(18).toString("base64url");
