import { messageOf } from "../../core/text/reason";

/** Why an address cannot be had, as a sentence that says what to do. */
export function listenFault(code: string, error: unknown, address: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} of ${address} is in use by another program. End that, or choose another port.`;
    case "EADDRNOTAVAIL":
      return `${address} is no address of this machine. Choose one that it has.`;
    case "EACCES":
      return `Port ${port} is kept for the system. Choose one from 1024 on.`;
    default:
      return `The server cannot listen on port ${port} of ${address}: ${messageOf(error)}.`;
  }
}

/** What was no request. */
interface Unread {
  readonly why: string;
  /** What can be answered to it; undefined where nobody could read it. */
  readonly answer: { readonly status: number; readonly text: string } | undefined;
}

/** By Node's code of the fault; undefined where a connection has only ended. */
export function unreadFault(code: string): Unread | undefined {
  if (code === "HPE_HEADER_OVERFLOW")
    return unread(431, "Request Header Fields Too Large", "Its head is too long.");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return unread(408, "Request Timeout", "It did not come to an end in time.");
  if (code.startsWith("HPE_") && code !== "HPE_INVALID_EOF_STATE")
    return unread(400, "Bad Request", "It is no HTTP request.");
  const why = secureFault(code);
  return why === undefined ? undefined : { why, answer: undefined };
}

const unread = (status: number, phrase: string, why: string): Unread => ({
  why,
  answer: { status, text: `HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n` },
});

/** OpenSSL's names of what goes wrong before a request, which a device tells nobody but its serial port. */
function secureFault(code: string): string | undefined {
  if (code === "ERR_SSL_HTTP_REQUEST")
    return "It speaks HTTP without encryption, but this server is HTTPS: the device was built for another address.";
  if (/ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE)$/.test(code))
    return "It does not accept the certificate of this server: build it with the certificate of this authority, and see that its clock is right.";
  return /^ERR_SSL_(UNSUPPORTED_PROTOCOL|NO_SHARED_CIPHER|VERSION_TOO_LOW)$/.test(code)
    ? "It knows no version of TLS, or no cipher, that this server takes. Serve without HTTPS, or update its firmware."
    : undefined;
}
