import { deflateSync } from "node:zlib";
import { makeJob } from "../core/job/job";
import { connectBoard } from "../device/flasher/index";
import type { BoardPort } from "../device/port";
import { type BoardCounters, virtualBoard } from "../device/virtualBoard/board";
import { type Client, type ClientOf, FAST } from "../test/device/clients/client";
import { esptoolJs } from "../test/device/clients/esptoolJs";
import { espWebFlasher, tasmota } from "../test/device/clients/webClients";
import { pattern } from "../test/support/bytes";
import type { Figure } from "./figure";

const MEGABYTE = 1_000_000;
const ADDRESS = 0x10000;
const BITS_PER_BYTE = 10;
/** Milliseconds: what a USB bridge and its driver need until an answer is there. */
const LATENCY = 2;
/** Of what the wire allows; of a full write. */
const LEAST_SHARE = 0.95;
const MOST_UNCHANGED = 0.02;

/** As long as MicroPython 1.23 for the ESP32, and to a compressor much like it: two thirds of it are left. */
const IMAGE = ((): Uint8Array => {
  const bytes = pattern(1_672_800, 7);
  for (let at = 0; at < bytes.length; at += 0x1000) bytes.fill(0, at, at + 0x540);
  return bytes;
})();

/** What one client needs for the image: connecting, writing and checking the MD5. */
interface Cost {
  readonly bytes: number;
  readonly roundTrips: number;
  /** Milliseconds of the virtual wire. */
  readonly elapsed: number;
  /** Milliseconds of this process, the virtual board included: it does the same for every client. */
  readonly cpu: number;
}

/** Every client writes the same image over the same virtual wire; esptool-js as it is published is the measure. */
export async function flashFigures(): Promise<Figure[]> {
  const plain = await costOf(esptoolJs);
  const own = await costOf(crossflash);
  const others: readonly (readonly [string, Cost])[] = [
    ["esptool-js", plain],
    ["Crossflash", own],
    ["tasmota-webserial-esptool", await costOf(tasmota)],
    ["esp-web-flasher", await costOf(espWebFlasher)],
  ];
  return [...others.flatMap(([name, cost]) => costFigures(name, cost, plain)), ...(await ownFigures())];
}

const costFigures = (name: string, cost: Cost, plain: Cost): Figure[] => [
  figure(`${name}: bytes on the wire`, `${cost.bytes}`, cost.bytes / plain.bytes),
  figure(`${name}: round trips`, `${cost.roundTrips}`, cost.roundTrips / plain.roundTrips),
  figure(`${name}: time of the wire`, `${(cost.elapsed / 1000).toFixed(1)} s`, cost.elapsed / plain.elapsed),
  figure(
    `${name}: CPU per MB, with the board's`,
    `${((cost.cpu * MEGABYTE) / IMAGE.length).toFixed(0)} ms`,
    cost.cpu / plain.cpu,
  ),
];

const figure = (what: string, value: string, ratio: number): Figure => ({
  what,
  value,
  ratio,
  isOver: false,
});

async function costOf(clientOf: ClientOf): Promise<Cost> {
  const board = virtualBoard({ wire: { latency: LATENCY } });
  const before = process.cpuUsage();
  const client = await clientOf(board.port);
  await client.connect();
  await client.write(ADDRESS, IMAGE);
  await client.md5(ADDRESS, IMAGE.length);
  await client.close();
  const { user, system } = process.cpuUsage(before);
  return { ...wireCost(board.counters()), cpu: (user + system) / 1000 };
}

const wireCost = ({ up, down, roundTrips, elapsed }: BoardCounters) => ({
  bytes: up + down,
  roundTrips,
  elapsed,
});

const job = () => {
  const made = makeJob({
    title: "Flash",
    regions: [{ kind: "write", address: ADDRESS, name: "app", purpose: "app", why: "", bytes: IMAGE }],
  });
  if (!made.ok) throw new Error(made.message);
  return made.value;
};

/** Crossflash behind the same face as the others. */
const crossflash = async (port: BoardPort): Promise<Client> => {
  const board = await connectBoard(port, { baudRate: FAST });
  return {
    connect: async () => ({ chip: board.identity.chip.name, mac: board.identity.mac }),
    write: async () => void (await board.run(job())),
    read: (address, size) => board.read({ address, size }),
    md5: (address, size) => board.md5({ address, size }),
    close: () => board.close(),
  };
};

/** How much of the wire a write uses, and what a board costs that is as it should be. */
async function ownFigures(): Promise<Figure[]> {
  const virtual = virtualBoard({ wire: { latency: LATENCY } });
  const board = await connectBoard(virtual.port, { baudRate: FAST });
  const connected = wireCost(virtual.counters());
  await board.run(job());
  const written = wireCost(virtual.counters());
  await board.run(job());
  const unchanged = wireCost(virtual.counters());
  await board.close();
  const least = (deflateSync(IMAGE, { level: 9 }).length * BITS_PER_BYTE * 1000) / FAST;
  const share = least / (written.elapsed - connected.elapsed);
  const unchangedShare = (of: "bytes" | "elapsed"): number =>
    (connected[of] + unchanged[of] - written[of]) / written[of];
  return [
    {
      ...figure("Crossflash: share of what the wire allows", percent(share), share),
      budget: `${LEAST_SHARE}`,
      isOver: share < LEAST_SHARE,
    },
    {
      ...figure(
        "Crossflash: bytes of an unchanged board, connecting included",
        percent(unchangedShare("bytes")),
        unchangedShare("bytes"),
      ),
      budget: `${MOST_UNCHANGED}`,
      isOver: unchangedShare("bytes") > MOST_UNCHANGED,
    },
    // Most of it is the stub, which goes up at 115200 bits per second whatever the rate is afterwards.
    figure(
      "Crossflash: time of an unchanged board, connecting included",
      percent(unchangedShare("elapsed")),
      unchangedShare("elapsed"),
    ),
  ];
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
