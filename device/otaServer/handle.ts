import type { IncomingMessage, ServerResponse } from "node:http";
import type { DeliveryEvent } from "../../core/delivery/events";
import { type Answer, answerTo } from "./answer";
import { deviceOf, refusalCount } from "./clients";
import type { Limits } from "./limits";
import { receiveReport } from "./receiveReport";
import { sendBytes } from "./sendBytes";
import type { Site } from "./site";

export interface HandleOptions {
  readonly site: Site;
  readonly limits: Limits;
  /** Requests of the server to itself carry it, and are told to nobody. */
  readonly selfCheck: string;
  /** Milliseconds of the clock on the wall. */
  now(): number;
  onEvent(event: DeliveryEvent): void;
}

/** The header by which the server knows its own requests. */
export const SELF_CHECK = "x-crossflash-check";

export interface Handler {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** A request that could not even be read. */
  unreadable(address: string, status: number | undefined, why: string): void;
  /** Settles when the end of all transfers has been told. */
  settled(): Promise<void>;
}

const PLAIN = { "Content-Type": "text/plain; charset=utf-8" };

/** RFC 9112, 6.3: a request without these two fields has none. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;

/** Answers requests and tells what happens. */
export function handler({ site, limits, selfCheck, now, onEvent }: HandleOptions): Handler {
  const isTold = refusalCount(limits.toldRefusals);
  let transfers = 0;
  const running = new Set<ServerResponse>();
  let onSettled = (): void => undefined;

  function refuse(request: IncomingMessage, response: ServerResponse, status: number, why: string): void {
    const device = deviceOf(request);
    // What it still sends is not read: the connection ends with the answer.
    if (!request.complete && hasBody(request)) response.setHeader("Connection", "close");
    const text = Buffer.from(`${why}\n`);
    response.writeHead(status, why === "" ? {} : { ...PLAIN, "Content-Length": text.length });
    response.end(why === "" || request.method === "HEAD" ? undefined : text);
    if (why !== "" && isTold(device.address)) onEvent({ kind: "refused", at: now(), device, status, why });
  }

  function send(
    request: IncomingMessage,
    response: ServerResponse,
    { image: served, range, status, headers, hasBody }: Extract<Answer, { readonly kind: "image" }>,
  ): void {
    const { image, bytes } = served;
    response.writeHead(status, headers);
    const told = { device: deviceOf(request), image, transfer: ++transfers, size: bytes.length };
    let position = range.start;
    if (!hasBody) {
      if (request.headers[SELF_CHECK] !== selfCheck)
        onEvent({ kind: "looked", at: now(), ...told, position });
      return void response.end();
    }
    running.add(response);
    onEvent({ kind: "asked", at: now(), ...told, position });
    sendBytes(response, bytes, range, {
      onSent(count) {
        position += count;
        onEvent({ kind: "sent", at: now(), ...told, position, bytes: count });
      },
      onEnd() {
        onEvent({ kind: "ended", at: now(), ...told, position, end: range.end });
        running.delete(response);
        if (running.size === 0) onSettled();
      },
    });
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const report = await receiveReport(request, limits.reportBytes);
    if (!report.ok) return refuse(request, response, report.at, report.message);
    response.writeHead(204).end();
    onEvent({ kind: "reported", at: now(), device: deviceOf(request), report: report.value });
  }

  return {
    handle(request, response) {
      const { method = "", url = "", headers } = request;
      const answer = answerTo({ method, target: url, headers }, site);
      if (answer.kind === "image") return send(request, response, answer);
      if (answer.kind === "none") {
        for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
        return refuse(request, response, answer.status, answer.why);
      }
      // A client that goes away in the middle of its report has said nothing.
      receive(request, response).catch(() => response.destroy());
    },
    unreadable(address, status, why) {
      if (isTold(address)) onEvent({ kind: "refused", at: now(), device: { address }, status, why });
    },
    settled: () =>
      new Promise((resolve) => {
        if (running.size === 0) resolve();
        else onSettled = resolve;
      }),
  };
}
