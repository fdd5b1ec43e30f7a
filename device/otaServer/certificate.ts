import { createPrivateKey, X509Certificate } from "node:crypto";
import { failure, type Result, success } from "../../core/result";

/** What a server shows to its clients, in PEM. */
export interface ServerCertificate {
  /** The server's own certificate, and those between it and the one that the devices know. */
  readonly chain: string;
  readonly key: string;
  /** What the devices have to know; undefined where the chain ends at one that everybody knows. */
  readonly authority: string | undefined;
}

export interface GivenCertificate {
  readonly chain: string;
  readonly key: string;
}

/** Where devices ask: at an address, or by a name that leads to it. */
export interface ServerPlace {
  readonly address: string;
  readonly name?: string | undefined;
}

/** Takes a certificate as it is, where it can be one for this place; a failure is a sentence. */
export function givenCertificate(
  { chain, key }: GivenCertificate,
  { address, name }: ServerPlace,
  now: number,
): Result<ServerCertificate, "certificate"> {
  const fault = (message: string) => failure("certificate", 0, message);
  const certificate = attempt(() => new X509Certificate(chain));
  if (!certificate)
    return fault(
      "The certificate is none in PEM. Give the file that begins with '-----BEGIN CERTIFICATE-----'.",
    );
  const secret = attempt(() => createPrivateKey(key));
  if (!secret) return fault("The key is none in PEM, or has a password. Give one without.");
  if (!certificate.checkPrivateKey(secret))
    return fault("The key is not the one of this certificate. Give the two that belong together.");
  if (Date.parse(certificate.validTo) < now)
    return fault(
      `The certificate was valid until ${certificate.validTo}. Devices that know the time refuse it: renew it.`,
    );
  if (name === undefined && !certificate.checkIP(address))
    return fault(
      `The certificate is not for ${address}, so devices refuse it. Give one that names this address, say with --name which name it has, or let Crossflash make one.`,
    );
  if (name !== undefined && !certificate.checkHost(name))
    return fault(
      `The certificate is not for ${name}, so devices refuse it. Give one of this name, or let Crossflash make one.`,
    );
  const authority = certificate.checkIssued(certificate) ? chain : undefined;
  return success({ chain, key, authority });
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
