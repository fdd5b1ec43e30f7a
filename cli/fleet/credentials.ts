import { Stop } from "../board/stop";
import type { Io } from "../io";
import { askSecret } from "./secret";

/** Where hawkBit's credentials come from. An option would leave them in the history of the shell. */
export const credentialVariables = {
  token: "HAWKBIT_TOKEN",
  user: "HAWKBIT_USER",
  password: "HAWKBIT_PASSWORD",
} as const;

/**
 * The header with the credentials: a token of OpenID Connect, or user and password, from the environment, else asked for.
 * Nothing of it is written or printed.
 */
export async function authorizationOf(io: Io): Promise<string> {
  const { token, user, password } = credentialVariables;
  const { environment } = io;
  if (environment[token]) return `Bearer ${headerText(environment[token], token)}`;
  const name = environment[user] || (await io.ask("User of hawkBit: "));
  if (!name) throw missing();
  const secret = environment[password] || (await askSecret("Password of hawkBit: ", io));
  if (!secret) throw missing();
  return `Basic ${base64(new TextEncoder().encode(`${name}:${secret}`))}`;
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** A line break in it would end the header. */
function headerText(text: string, variable: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new Stop(2, `Nothing was published: ${variable} holds something else than a token.`);
}

const missing = (): Stop =>
  new Stop(
    2,
    `Nothing was published: nobody said who asks. Set ${credentialVariables.user} and ${credentialVariables.password}, or ${credentialVariables.token}, in the environment.`,
  );
