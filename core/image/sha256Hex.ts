import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "./bytes";

/** The SHA-256 of bytes as 64 hexadecimal digits, as `sha256sum` writes it. */
export const sha256Hex = (bytes: Uint8Array): string => toHex(sha256(bytes));
