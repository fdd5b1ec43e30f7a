import { failure, type Result, success } from "../../core/result";

/**
 * The address of a server to which credentials go, without a slash at its end. Without encryption they go to this machine
 * only, unless `allowHttp` says otherwise. `at` of a failure is always 0; its message ends a sentence.
 */
export function serverAddress(text: string, allowHttp: boolean): Result<string, "address"> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:"))
    return failure("address", 0, "must be an address such as https://hawkbit.example.com");
  // What stands in an address gets into histories of shells, lists of processes and logs.
  if (url.username !== "" || url.password !== "")
    return failure("address", 0, "must not hold a user or a password: they are asked for");
  if (url.search !== "" || url.hash !== "") return failure("address", 0, "must end before '?' and '#'");
  if (url.protocol === "http:" && !allowHttp && !isThisMachine(url.hostname))
    return failure(
      "address",
      0,
      "is not encrypted, so everybody on the way could read the password. Use https, or say --allow-http",
    );
  return success(`${url.origin}${url.pathname}`.replace(/\/+$/, ""));
}

const isThisMachine = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
