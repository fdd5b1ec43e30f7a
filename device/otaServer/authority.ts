import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { pki } from "node-forge";
import certificates from "node-forge/lib/pki.js";
import sha256 from "node-forge/lib/sha256.js";

import type { ServerPlace } from "./certificate";

/**
 * Certificates of our own. A bundle for itself: the library in it is larger than all the rest of the server, and most
 * people serve without HTTPS. Node makes the keys, because that is where a mistake would hurt.
 */

/** A certificate authority, in PEM. Its key never leaves the machine that made it. */
export interface Authority {
  readonly certificate: string;
  readonly key: string;
}

const DAY = 86_400_000;
/** Devices keep the authority for as long as they are in the field. */
const AUTHORITY_DAYS = 3650;
const SERVER_DAYS = 365;

export async function makeAuthority(now: number): Promise<Authority> {
  const keys = await makeKeys();
  const name = [{ name: "commonName", value: "Crossflash update server" }];
  const certificate = blankCertificate(keys.publicKey, now, AUTHORITY_DAYS);
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  certificate.sign(keys.privateKey, sha256.create());
  return { certificate: certificates.certificateToPem(certificate), key: keys.privatePem };
}

/** A certificate for a server at this place, signed by the authority. */
export async function certificateFor(
  { certificate: authorityPem, key }: Authority,
  { address, name = address }: ServerPlace,
  now: number,
): Promise<{ readonly chain: string; readonly key: string }> {
  const authority = certificates.certificateFromPem(authorityPem);
  const keys = await makeKeys();
  const certificate = blankCertificate(keys.publicKey, now, SERVER_DAYS);
  certificate.setSubject([{ name: "commonName", value: name }]);
  certificate.setIssuer(authority.subject.attributes);
  certificate.setExtensions([
    { name: "basicConstraints", cA: false },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    { name: "extKeyUsage", serverAuth: true },
    {
      name: "authorityKeyIdentifier",
      keyIdentifier: authority.generateSubjectKeyIdentifier().getBytes(),
    },
    // mbedTLS of older ESP-IDF compares names only, newer ones addresses: both are there.
    {
      name: "subjectAltName",
      altNames: [
        { type: 7, ip: address },
        { type: 2, value: name },
      ],
    },
  ]);
  certificate.sign(certificates.privateKeyFromPem(key), sha256.create());
  return { chain: certificates.certificateToPem(certificate) + authorityPem, key: keys.privatePem };
}

async function makeKeys() {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return {
    publicKey: certificates.publicKeyFromPem(publicKey),
    privateKey: certificates.privateKeyFromPem(privateKey),
    privatePem: privateKey,
  };
}

/** Valid from the day before: clocks of servers and devices differ. */
function blankCertificate(publicKey: pki.PublicKey, now: number, days: number): pki.Certificate {
  const certificate = certificates.createCertificate();
  certificate.publicKey = publicKey;
  // A serial number is positive: its first byte stays below 0x80.
  certificate.serialNumber = `01${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = new Date(now - DAY);
  certificate.validity.notAfter = new Date(now + days * DAY);
  return certificate;
}
