import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Endpoint, type EndpointName, endpoints, hasFields, isObject } from "./contract";
import { type Call, type HawkbitWorld, hawkbitStore, type Reply, refused } from "./store";

export const USER = "publisher";
export const PASSWORD = "not a secret: für Prüfungen";
const BASIC = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;
export const TOKEN = "a.token.of-openid";

/** A request as the server saw it, such as `POST /rest/v1/rollouts`. */
type Seen = string;

export interface FakeHawkbit extends AsyncDisposable {
  readonly url: string;
  readonly seen: Seen[];
  /** What was not within the contract; nothing may be. */
  readonly violations: string[];
  readonly kept: ReturnType<typeof hawkbitStore>["kept"];
  readonly assigned: ReadonlyMap<number, number>;
  /** Faults of the way: hangs up before or after it did what was asked, or answers in place of hawkBit. */
  interfere: (seen: Seen) => Reply | "hang-up" | "lose-answer" | undefined;
}

/** A hawkBit that refuses and notes whatever is not in its contract. */
export async function fakeHawkbit(world: HawkbitWorld): Promise<FakeHawkbit> {
  const store = hawkbitStore(world);
  const violations: string[] = [];
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const bytes = await bodyOf(request);
    const url = new URL(request.url ?? "", "http://hawkbit");
    const what = `${request.method} ${url.pathname}`;
    seen.push(what);
    const fault = fake.interfere(what);
    if (fault === "hang-up") return void request.socket.destroy();
    const reply = typeof fault === "object" ? fault : answer(request, url, bytes);
    if (fault === "lose-answer") return void request.socket.destroy();
    const json = reply.json === undefined ? "" : JSON.stringify(reply.json);
    response.writeHead(reply.status, json === "" ? {} : { "Content-Type": "application/hal+json" }).end(json);
  });

  function answer(request: IncomingMessage, url: URL, bytes: Buffer): Reply {
    const { authorization } = request.headers;
    if (authorization !== BASIC && authorization !== `Bearer ${TOKEN}`) return { status: 401 };
    const call = calledBy(request, url, bytes);
    if (typeof call !== "string") return store.answer(call);
    violations.push(`${request.method} ${url.pathname}${url.search}: ${call}`);
    return refused("body");
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeHawkbit = {
    url: `http://127.0.0.1:${port}`,
    seen,
    violations,
    kept: store.kept,
    assigned: store.assigned,
    interfere: () => undefined,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

/** The call, or what of it is not within the contract. */
function calledBy(request: IncomingMessage, url: URL, bytes: Buffer): Call | string {
  const named = Object.entries(endpoints) as readonly (readonly [EndpointName, Endpoint])[];
  const found = named.find(([, { method, path }]) => method === request.method && path.test(url.pathname));
  if (!found) return "there is no such path with this method";
  const [name, endpoint] = found;
  const stranger = [...url.searchParams.keys()].find((key) => !endpoint.parameters.includes(key));
  if (stranger !== undefined) return `there is no parameter '${stranger}'`;
  const ids = endpoint.path.exec(url.pathname)?.slice(1).map(Number) ?? [];
  const type = (request.headers["content-type"] ?? "").split(";")[0] ?? "";
  if (type !== (endpoint.consumes ?? "")) return `'${type}' is not what it consumes`;
  const call = { name, ids, parameters: url.searchParams, body: undefined };
  if (endpoint.consumes === "multipart/form-data") return withFile(call, request, bytes);
  if (endpoint.consumes === undefined) return bytes.length === 0 ? call : "it takes no body";
  return withBody(call, endpoint, bytes);
}

function withBody(call: Call, { body: fields = {}, isList }: Endpoint, bytes: Buffer): Call | string {
  const body: unknown = JSON.parse(bytes.toString("utf8"));
  const members: readonly unknown[] = isList && Array.isArray(body) ? body : [body];
  if (isList && !Array.isArray(body)) return "the body must be a list";
  const wrong = members.find((member) => !isObject(member) || !hasFields(fields)(member));
  return wrong === undefined ? { ...call, body } : `the body is not of the model: ${JSON.stringify(wrong)}`;
}

/** One part, `file`, as Spring's `@RequestPart("file")` asks for. */
function withFile(call: Call, request: IncomingMessage, bytes: Buffer): Call | string {
  const boundary = /boundary=(.+)$/.exec(request.headers["content-type"] ?? "")?.[1] ?? "";
  const head = bytes.indexOf("\r\n\r\n");
  const end = bytes.lastIndexOf(`\r\n--${boundary}--`);
  const header = bytes.subarray(0, head).toString("utf8");
  const [, part, name = ""] = /name="([^"]*)"; filename="([^"]*)"/.exec(header) ?? [];
  if (boundary === "" || part !== "file" || end < head) return "there is no part 'file' with a file";
  return { ...call, file: { name, bytes: bytes.subarray(head + 4, end) } };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
