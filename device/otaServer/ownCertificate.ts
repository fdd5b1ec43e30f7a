import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failure, type Result, success } from "../../core/result";
import { codeOf, reasonOf } from "../../core/text/reason";
import type { Authority } from "./authority";
import type { ServerCertificate } from "./certificate";

/** Where an authority is kept; never in a workspace, which may end up in git. */
const FOLDER = "update-server";
const CERTIFICATE = "ca.pem";
const KEY = "ca-key.pem";

/** A new certificate for this address, of the authority that is kept in the state folder; one is made on first use. */
export async function ownCertificate(
  stateFolder: string,
  address: string,
  now: number,
): Promise<Result<ServerCertificate & { readonly authority: string }, "certificate">> {
  const folder = join(stateFolder, FOLDER);
  try {
    const { makeAuthority, certificateFor } = await import("./authority");
    const authority = (await readAuthority(folder)) ?? (await kept(folder, await makeAuthority(now)));
    const { chain, key } = await certificateFor(authority, address, now);
    return success({ chain, key, authority: authority.certificate });
  } catch (error) {
    return failure(
      "certificate",
      0,
      `The certificate authority in '${folder}' cannot be used: ${reasonOf(error)}. Remove the folder to have a new one made; devices that know the old one then refuse this server.`,
    );
  }
}

async function readAuthority(folder: string): Promise<Authority | undefined> {
  try {
    const [certificate, key] = await Promise.all(
      [CERTIFICATE, KEY].map((name) => readFile(join(folder, name), "utf8")),
    );
    return certificate !== undefined && key !== undefined ? { certificate, key } : undefined;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The key first: a certificate without it would be trusted by devices that nobody can serve. */
async function kept(folder: string, authority: Authority): Promise<Authority> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, KEY), authority.key, { mode: 0o600 });
  await writeFile(join(folder, CERTIFICATE), authority.certificate);
  return authority;
}
