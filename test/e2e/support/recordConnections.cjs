/**
 * Loaded into every Node process of the VS Code server. In an extension host, and in whatever an extension
 * starts, it writes down each connection to another machine; the server's own main process is not asked.
 */
const { appendFileSync } = require("node:fs");
const { Socket } = require("node:net");
const { basename } = require("node:path");

const here = new Set(["localhost", "127.0.0.1", "::1"]);
const isVscodeServer = basename(process.argv[1] ?? "") === "server-main.js";
const connect = Socket.prototype.connect;

/** What `connect` is given: (options), (port, host), (path), or the list net itself has made of these. */
function targetOf([first, second]) {
  if (Array.isArray(first)) return targetOf(first);
  if (first !== null && typeof first === "object") return first;
  return Number.isNaN(Number(first)) ? { path: first } : { port: first, host: second };
}

Socket.prototype.connect = function (...args) {
  const { path, port, host = "localhost" } = targetOf(args);
  if (!isVscodeServer && !path && !here.has(host))
    appendFileSync(process.env.CROSSFLASH_E2E_CONNECTIONS, `${host}:${port}\n`);
  return connect.apply(this, args);
};
