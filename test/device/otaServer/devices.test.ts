import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "../../../core/delivery/events";
import { deviceStore } from "../../../device/otaServer/deviceStore";
import { defaultLimits } from "../../../device/otaServer/limits";
import { hashOf, readSlowly } from "./support/reader";
import { image, large, serve } from "./support/served";

const SIZE = image.bytes.length;
const macOf = (number: number): string =>
  `24:6f:28:00:${(number >> 8).toString(16).padStart(2, "0")}:${(number & 0xff).toString(16).padStart(2, "0")}`;

describe("a device as esp_http_client reads", () => {
  it.each([1, 3, 512, 1436])("in windows of %i bytes", async (packet) => {
    const { port } = await serve();
    // The whole image byte by byte would take a minute; its end is enough.
    const from = packet < 512 ? SIZE - 2000 : 0;
    const { head, body } = await readSlowly({ port, path: image.path, packet, from });
    expect(head).toMatch(from > 0 ? /^HTTP\/1\.1 206 / : /^HTTP\/1\.1 200 /);
    expect(body.equals(image.bytes.subarray(from))).toBe(true);
  });

  it("stalls in the middle, as it does while it erases flash", async () => {
    const server = await serve();
    let others = 0;
    const pause = async (bytes: number): Promise<void> => {
      if (bytes < 400_000 || others > 0) return;
      // As long as others take from beginning to end.
      for (; others < 3; others++)
        expect((await readSlowly({ port: server.port, path: image.path })).body).toHaveLength(SIZE);
    };
    const { body } = await readSlowly({ port: server.port, path: image.path, pause });
    expect(others).toBe(3);
    expect(body.equals(image.bytes)).toBe(true);
  });

  it("is let go where it stalls for too long, and can go on", async () => {
    const server = await serve({ images: [large], limits: { idleTime: 100 } });
    const ended = server.event(({ kind }) => kind === "ended");
    // It takes the next packet when the server has given it up.
    const pause = async (): Promise<void> => void (await ended);
    const { body } = await readSlowly({ port: server.port, path: image.path, pause });
    expect(await ended).toMatchObject({ device: { mac: "24:6f:28:00:00:01" }, size: large.bytes.length });
    expect(body.length).toBeLessThan(large.bytes.length);
    const reader = { port: server.port, path: image.path, from: body.length, packet: 65_536 };
    const rest = await readSlowly(reader);
    expect(hashOf([body, rest.body])).toBe(large.sha256);
  });
});

describe("many devices at once", () => {
  it("each gets every byte, and the memory stays small", { timeout: 120_000 }, async () => {
    const count = 500;
    const store = deviceStore(defaultLimits.devices);
    const server = await serve({ onEvent: store.hear });
    const { port } = server;
    const used = (): number => process.memoryUsage().external + process.memoryUsage().heapUsed;
    const before = used();
    let [most, packets] = [0, 0];
    const pause = async () => {
      if (packets++ % 500 === 0) most = Math.max(most, used() - before);
      await turn();
    };
    const fetchAll = async (number: number): Promise<string> => {
      const hash = createHash("sha256");
      let from = 0;
      const take = (piece: Uint8Array): void => {
        hash.update(piece);
        from += piece.length;
      };
      const reader = { port, path: image.path, mac: macOf(number), packet: 8192, pause, take };
      if (number % 7 === 0) await readSlowly({ ...reader, stopAt: 700_000 });
      await readSlowly({ ...reader, from });
      return hash.digest("hex");
    };
    const hashes = await Promise.all(Array.from({ length: count }, (_, number) => fetchAll(number)));
    expect(new Set(hashes)).toEqual(new Set([image.sha256]));
    expect(store.devices()).toHaveLength(count);
    for (const { fetches } of store.devices())
      expect(fetches.micropython).toMatchObject({ position: SIZE, isRunning: false });
    expect(server.events.filter(({ kind }) => kind === "refused")).toEqual([]);
    // Server and clients together; all that was sent is 730 MB.
    expect(most).toBeLessThan(150_000_000);
  });
});

describe("a server that is killed and started again", () => {
  it("is taken up by every device where it was", async () => {
    const first = await serve({ images: [large] });
    const { port } = first;
    const downloads = Array.from({ length: 20 }, async (_, number) => {
      const hash = createHash("sha256");
      let [from, answers] = [0, 0];
      const take = (piece: Uint8Array): void => {
        hash.update(piece);
        from += piece.length;
      };
      while (from < large.bytes.length) {
        const reader = {
          port,
          path: large.path,
          mac: macOf(number),
          from,
          packet: 65_536,
          take,
          pause: () => turn(),
        };
        const { head } = await readSlowly(reader);
        // Nobody is there, or not yet.
        if (head === "") await turn();
        else answers++;
        if (head !== "") expect(head).toContain(`ETag: "${large.sha256}"`);
      }
      expect(hash.digest("hex")).toBe(large.sha256);
      return answers;
    });
    const of = (kind: DeliveryEvent["kind"]): number =>
      first.events.filter((event) => event.kind === kind).length;
    await first.event(() => of("asked") === 20);
    await first.close();
    expect(of("ended")).toBe(20);
    const second = await serve({ port, images: [large] });
    expect((await Promise.all(downloads)).some((answers) => answers > 1)).toBe(true);
    expect(second.events.some((event) => event.kind === "asked" && event.position > 0)).toBe(true);
  });
});

describe("what is remembered of devices", () => {
  const seen = (at: number, address: string, mac?: string) =>
    ({
      kind: "refused",
      at,
      device: { address, ...(mac === undefined ? {} : { mac }) },
      status: 404,
      why: "No.",
    }) as const;

  it("is bounded, however many there seem to be", () => {
    const store = deviceStore(10);
    store.hear(seen(0, "10.0.0.1"));
    for (let number = 0; number < 1000; number++) {
      store.hear(seen(number, "10.0.0.2", macOf(number)));
      store.hear(seen(number, "10.0.0.1"));
    }
    expect(store.devices()).toHaveLength(10);
    expect(store.devices()[0]?.id).toBe("10.0.0.1");
  });

  it("is no less of all others, however many MACs are invented at one address", () => {
    const store = deviceStore(10);
    for (let number = 1; number <= 4; number++) store.hear(seen(0, `10.0.0.${number}`));
    for (let number = 0; number < 1000; number++) store.hear(seen(number, "10.0.0.66", macOf(number)));
    const kept = store.devices().map(({ device }) => device.address);
    expect(kept.filter((address) => address !== "10.0.0.66")).toEqual([
      "10.0.0.1",
      "10.0.0.2",
      "10.0.0.3",
      "10.0.0.4",
    ]);
  });

  it("is one device from the moment on at which it tells its MAC", () => {
    const store = deviceStore(10);
    store.hear(seen(1, "10.0.0.1"));
    store.hear(seen(2, "10.0.0.1", macOf(1)));
    store.hear(seen(3, "10.0.0.1", macOf(2)));
    expect(store.devices().map(({ id, firstSeen }) => [id, firstSeen])).toEqual([
      [macOf(1), 1],
      [macOf(2), 3],
    ]);
  });
});
