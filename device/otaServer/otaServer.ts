import { randomBytes } from "node:crypto";
import http from "node:http";
import https from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { addressText } from "../../core/delivery/address";
import type { DeliveryEvent } from "../../core/delivery/events";
import type { ServedImage } from "../../core/delivery/readDelivery";
import { failure, type Result, success } from "../../core/result";
import { codeOf } from "../../core/text/reason";
import type { ServerCertificate } from "./certificate";
import { addressOf } from "./clients";
import { listenFault, unreadFault } from "./faults";
import { handler } from "./handle";
import { defaultLimits, type Limits } from "./limits";
import { checkItself } from "./selfCheck";
import { siteOf } from "./site";

export interface OtaServerOptions {
  /** Vetted: the server looks at none of them any more. */
  readonly images: readonly ServedImage[];
  /** Of the one interface on which it listens. */
  readonly address: string;
  /** By which devices know the machine, where their addresses have a name in place of the number. */
  readonly name?: string | undefined;
  /** 0: any that is free. */
  readonly port: number;
  /** The first part of every path; never told to anybody. */
  readonly token?: string | undefined;
  /** Makes it HTTPS. */
  readonly certificate?: ServerCertificate | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Milliseconds of the clock on the wall. */
  now(): number;
  onEvent(event: DeliveryEvent): void;
}

/** A server that is running. */
export interface OtaServer {
  readonly isSecure: boolean;
  /** As it stands in an address. */
  readonly host: string;
  readonly port: number;
  /** Where to fetch an image; with the token, so not for a log. */
  urlOf(image: ServedImage): string;
  readonly reportUrl: string;
  /** Why not even this machine gets what is served, as a sentence. */
  check(): Promise<string | undefined>;
  /** Ends all connections and settles when everything is told; devices go on from where they are when it is back. */
  close(): Promise<void>;
}

/** Serves from memory; nothing of a request ever touches the disk. A failure says why the address cannot be had. */
export async function startOtaServer(options: OtaServerOptions): Promise<Result<OtaServer, "address">> {
  const { images, address, token, certificate } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const site = siteOf(images, token);
  const selfCheck = randomBytes(16).toString("hex");
  const { handle, unreadable, settled } = handler({ ...options, site, limits, selfCheck });
  const settings: http.ServerOptions = {
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headTime,
    requestTimeout: Math.max(limits.requestTime, limits.headTime),
    keepAliveTimeout: limits.keepAliveTime,
    connectionsCheckingInterval: Math.min(1000, limits.headTime),
  };
  const server = certificate
    ? https.createServer(
        {
          ...settings,
          handshakeTimeout: limits.headTime,
          key: certificate.key,
          cert: certificate.chain,
        },
        handle,
      )
    : http.createServer(settings, handle);
  server.maxConnections = limits.connections;
  server.setTimeout(limits.idleTime);
  server.on("connection", addressOf);
  server.on("clientError", (error: Error, socket: Socket) => {
    const fault = unreadFault(codeOf(error));
    if (fault) unreadable(addressOf(socket), fault.answer?.status, fault.why);
    if (fault?.answer && socket.writable) socket.end(fault.answer.text);
    else socket.destroy();
  });
  try {
    await listening(server, address, options.port);
  } catch (error) {
    return failure("address", 0, listenFault(codeOf(error), error, address, options.port));
  }
  const { port } = server.address() as AddressInfo;
  const host = options.name ?? (address.includes(":") ? `[${address}]` : address);
  const isSecure = certificate !== undefined;
  const origin = addressText({ isSecure, host, port });
  const urlOf = (image: ServedImage): string => origin + site.pathOf(image);
  return success({
    isSecure,
    host,
    port,
    urlOf,
    reportUrl: origin + site.pathOf("report"),
    check: () => checkItself(images, { urlOf, selfCheck, authority: certificate?.authority }),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, settled()]);
    },
  });
}

const listening = (server: http.Server | https.Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject);
      resolve();
    });
  });
