import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failure, type Result, success } from "../../core/result";
import { codeOf, reasonOf } from "../../core/text/reason";
import type { Authority } from "./authority";
import type { ServerCertificate, ServerPlace } from "./certificate";

/** Where an authority is kept; never in a workspace, which may end up in git. */
const FOLDER = "update-server";
const CERTIFICATE = "ca.pem";
const KEY = "ca-key.pem";

/** A new certificate for this place, of the authority that is kept in the state folder; one is made on first use. */
export async function ownCertificate(
  stateFolder: string,
  place: ServerPlace,
  now: number,
): Promise<Result<ServerCertificate & { readonly authority: string }, "certificate">> {
  const folder = join(stateFolder, FOLDER);
  try {
    const { makeAuthority, certificateFor } = await import("./authority");
    const authority = (await readAuthority(folder)) ?? (await kept(stateFolder, await makeAuthority(now)));
    const { chain, key } = await certificateFor(authority, place, now);
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
    if (certificate === undefined || key === undefined) return undefined;
    // Devices would refuse what one signs in the name of the other.
    if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)))
      throw new Error(`${CERTIFICATE} and ${KEY} do not belong together`);
    return { certificate, key };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Both files come into being at once, in a folder that gets its name last: of two servers that start for the first time one
 * makes the authority, and the other one takes it. Half a folder, which only a person can have left, is replaced.
 */
async function kept(stateFolder: string, authority: Authority): Promise<Authority> {
  const folder = join(stateFolder, FOLDER);
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  // Readable for the user only, as mkdtemp makes folders.
  const made = await mkdtemp(`${folder}-`);
  try {
    await writeFile(join(made, KEY), authority.key, { mode: 0o600 });
    await writeFile(join(made, CERTIFICATE), authority.certificate);
    return await named(made, folder, authority);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function named(made: string, folder: string, authority: Authority): Promise<Authority> {
  try {
    await rename(made, folder);
    return authority;
  } catch (error) {
    const other = await readAuthority(folder);
    if (other) return other;
    if (!["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error))) throw error;
    await rm(folder, { recursive: true });
    await rename(made, folder);
    return authority;
  }
}
