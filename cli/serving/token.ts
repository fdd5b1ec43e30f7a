import { Stop } from "../board/stop";
import type { Io, Serving } from "../io";
import { isToken, NEW_TOKEN } from "./options";

/** The first part of every path, and whether it may be shown. */
export interface ServedToken {
  readonly token: string | undefined;
  /** An address as it may be printed. */
  shown(url: string): string;
}

interface TokenOptions {
  readonly token?: string | undefined;
  readonly format?: "text" | "json" | undefined;
}

/**
 * The token that is given, or made up. It is what the terminal is for, and no log of a service: there it only stands where
 * nobody else would know it.
 */
export function servedToken(
  options: TokenOptions,
  { newToken }: Pick<Serving, "newToken">,
  io: Io,
): ServedToken {
  const given = options.token ?? io.environment.CROSSFLASH_TOKEN;
  if (given === undefined || given === "") return { token: undefined, shown: (url) => url };
  const isNew = given === NEW_TOKEN;
  if (isNew && options.format === "json")
    throw new Stop(
      2,
      "Nobody would see a token that is made up, because JSON does not tell it. Give one with CROSSFLASH_TOKEN.",
    );
  if (!isNew && !isToken(given))
    throw new Stop(2, "CROSSFLASH_TOKEN must have 16 to 64 letters, digits, '-' or '_'.");
  const token = isNew ? newToken() : given;
  const isShown = isNew || io.isWatched("out");
  return { token, shown: (url) => (isShown ? url : url.replace(`/${token}/`, "/<token>/")) };
}
