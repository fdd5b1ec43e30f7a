import type { DeliveryEvent } from "../../core/delivery/events";
import { type BoardIdentity, boardName, otherBoard } from "../../core/job/board";
import type { Route } from "../../core/migrate/plan/plan";
import { readPlaces } from "../../core/rehearsal/checks";
import { type CutChoice, cutsFor, type PlannedCut } from "../../core/rehearsal/cuts";
import { fieldJob, routeFrom } from "../../core/rehearsal/fieldJob";
import type { Rehearsal } from "../../core/rehearsal/readRehearsal";
import type { RehearsalRun, RehearsedBoard } from "../../core/rehearsal/report";
import { runOf } from "../../core/rehearsal/run";
import type { Result } from "../../core/result";
import type { Board } from "../flasher/board";
import type { Clock } from "../flasher/clock";
import { BoardFault } from "../flasher/fault";
import { defaultLimits, type RehearsalDesk, type RehearsalServer } from "../rehearsal/desk";
import { type Followed, followBoard } from "../rehearsal/followBoard";
import { simulatedFirmware } from "../rehearsal/simulated";
import { type VirtualTime, virtualTime } from "../virtualBoard/firmware/virtualTime";
import { findBoard, type MakeJob, type PreparedJob, perform, prepared } from "./flashFlow";

export interface RehearsalWishes {
  /** Name of the app partition from which the board starts. */
  readonly start?: string | undefined;
  readonly cuts: CutChoice;
  /** How often all of it is done; with a seed, each run has one of its own. */
  readonly runs: number;
  /** Instead of the files of the manifest: what a backup of a device holds. */
  readonly restore?: MakeJob | undefined;
}

export interface Rehearsed {
  readonly board: RehearsedBoard;
  readonly runs: readonly RehearsalRun[];
}

const DEFAULT_SCALE = 0.001;

/**
 * Makes a board what the devices in the field are, serves the images, lets the board migrate itself while its log is
 * compared with the plan, and reads it back. Fails with a `BoardFault` that says in what state the board is; a board that
 * does something else than planned is no failure, but a run that has not passed.
 */
export async function rehearse(
  rehearsal: Rehearsal,
  wishes: RehearsalWishes,
  desk: RehearsalDesk,
): Promise<Rehearsed> {
  // What cannot be meant is refused before anything is touched.
  const route = wanted(routeFrom(rehearsal, wishes.start));
  if (!wishes.restore) wanted(cutsFor(wishes.cuts, route));
  const time = desk.virtual && virtualTime();
  const hearers = new Set<(event: DeliveryEvent) => void>();
  const first = await prepareRun(rehearsal, wishes, desk, undefined);
  const server = await begin(rehearsal, desk, first, (event) => {
    for (const hear of hearers) hear(event);
  });
  try {
    desk.virtual?.simulate(
      time && simulatedFirmware(rehearsal, server, time, desk.waitScale ?? DEFAULT_SCALE),
    );
    const runs: RehearsalRun[] = [];
    for (let index = 0; index < wishes.runs; index++) {
      const { identity } = first.shown;
      const made = index === 0 ? first : await prepareRun(rehearsal, wishes, desk, identity);
      const stage = { rehearsal, wishes: numbered(wishes, index), desk, hearers, clock: clockOf(desk, time) };
      runs.push(await runOnce(stage, made));
    }
    return { board: boardOf(first.shown.identity, rehearsal, desk), runs };
  } finally {
    desk.virtual?.simulate(undefined);
    await server.close();
    await first.board.close();
  }
}

/** What comes before anything is written; the board goes on with what it did where it comes to nothing. */
async function begin(
  rehearsal: Rehearsal,
  desk: RehearsalDesk,
  { board, shown }: MadeRun,
  onEvent: (event: DeliveryEvent) => void,
): Promise<RehearsalServer> {
  try {
    if (!(await desk.confirm(shown)))
      throw new BoardFault("cancelled", "Nothing was written: the rehearsal was not confirmed.");
    await desk.beforeWriting?.(board, shown);
    return await desk.startServer(rehearsal.images, onEvent);
  } catch (error) {
    await letGo(board);
    throw error;
  }
}

const letGo = async (board: Board): Promise<void> => {
  await board.restart().catch(() => undefined);
  await board.close();
};

const clockOf = ({ clock }: RehearsalDesk, time: VirtualTime | undefined): Clock =>
  time ? { now: time.now, after: time.after, pause: () => clock.pause(0) } : clock;

const numbered = (wishes: RehearsalWishes, index: number): RehearsalWishes =>
  wishes.cuts.kind === "seed"
    ? { ...wishes, cuts: { ...wishes.cuts, seed: wishes.cuts.seed + index } }
    : wishes;

const boardOf = (
  { mac, chip }: BoardIdentity,
  { standIns }: Rehearsal,
  { virtual }: RehearsalDesk,
): RehearsedBoard => ({ mac, chip: chip.name, isVirtual: virtual !== undefined, standIns });

/** A board in its loader, and what is to be written to it. */
interface MadeRun {
  readonly board: Board;
  readonly shown: PreparedJob;
}

async function prepareRun(
  rehearsal: Rehearsal,
  { start, restore }: RehearsalWishes,
  desk: RehearsalDesk,
  expected: BoardIdentity | undefined,
): Promise<MadeRun> {
  const board = await desk.connect();
  try {
    const other = expected && otherBoard(expected, board.identity);
    if (other !== undefined) throw new BoardFault("other-board", other);
    const { flashSize } = rehearsal.migration.facts;
    const found = await findBoard(board, { flashSize, signal: desk.signal });
    const route = wanted(routeFrom(rehearsal, start));
    const made = prepared(
      found,
      restore ?? (({ present }) => fieldJob(rehearsal, route.start, present.table)),
    );
    return { board, shown: wanted(made) };
  } catch (error) {
    await letGo(board);
    throw error;
  }
}

const wanted = <T>(made: Result<T, string>): T => {
  if (made.ok) return made.value;
  throw new BoardFault("refused", `Nothing was written. ${made.message}`);
};

interface Stage {
  readonly rehearsal: Rehearsal;
  readonly wishes: RehearsalWishes;
  readonly desk: RehearsalDesk;
  readonly hearers: Set<(event: DeliveryEvent) => void>;
  readonly clock: Clock;
}

async function runOnce(stage: Stage, { board, shown }: MadeRun): Promise<RehearsalRun> {
  const { rehearsal, desk } = stage;
  const { identity } = shown;
  desk.tell({ kind: "stage", text: "The field state is restored", share: 0 });
  const { signal, onProgress } = desk;
  // It starts only when somebody listens.
  await perform({ ...board, restart: async () => undefined }, shown, {
    signal,
    ...(onProgress && { onProgress }),
  });
  const route = await routeOf(rehearsal, board);
  const cuts = restored(cutsFor(stage.wishes.cuts, route));
  await board.close();
  const followed = await followRun(stage, route, cuts, identity);
  return readRun(stage, followed, cuts, identity);
}

const restored = <T>(made: Result<T, string>): T => {
  if (made.ok) return made.value;
  throw new BoardFault(
    "refused",
    `The field state is restored and the board waits in its loader. ${made.message}`,
  );
};

/** From which slot it will start, as the board itself has it now. */
async function routeOf(rehearsal: Rehearsal, board: Board): Promise<Route> {
  const { state } = await findBoard(board, { tableOffset: rehearsal.config.tableOffset });
  return restored(routeFrom(rehearsal, state.running?.entry.name ?? ""));
}

function followRun(
  { rehearsal, desk, hearers, clock }: Stage,
  route: Route,
  cuts: readonly PlannedCut[],
  { mac }: BoardIdentity,
): Promise<Followed> {
  desk.tell({
    kind: "stage",
    text: `The board starts from '${route.start}'. Waiting for it to fetch the repartitioner${desk.virtual ? "" : ": trigger the update of its firmware"}`,
    share: 0.2,
  });
  const followed = desk.port().then((port) =>
    followBoard(port, {
      route,
      cuts,
      clock,
      limits: { ...defaultLimits, ...desk.limits },
      signal: desk.signal,
      tell: desk.tell,
      onDelivery(hear) {
        const own = (event: DeliveryEvent): void => {
          if (event.device.mac === undefined || event.device.mac === mac.toLowerCase()) hear(event);
          else desk.tell({ kind: "remark", text: strangerText(event.device.mac, rehearsal), share: 0.2 });
        };
        hearers.add(own);
        return () => void hearers.delete(own);
      },
    }),
  );
  return followed;
}

const strangerText = (mac: string, { images }: Rehearsal): string =>
  `Another device, ${mac}, asks this server, which hands out ${images.length} images to anybody. Take it off this network.`;

async function readRun(
  { rehearsal, desk }: Stage,
  { following, why, isAnswering }: Followed,
  cuts: readonly PlannedCut[],
  expected: BoardIdentity,
): Promise<RehearsalRun> {
  if (following.end !== "arrived") return runOf(rehearsal, following, cuts, undefined, why);
  desk.tell({ kind: "stage", text: "The board is read back", share: 0.9 });
  const board = await desk.connect();
  try {
    if (otherBoard(expected, board.identity) !== undefined)
      throw new BoardFault(
        "other-board",
        `The board that answers now is ${boardName(board.identity)}, but ${boardName(expected)} was rehearsed, which runs MicroPython. Nothing of this one was read or written.`,
      );
    const places = readPlaces(rehearsal);
    const { signal } = desk;
    const bytes = {
      table: await board.read(places.table, { signal }),
      slot: await board.read(places.slot, { signal }),
      otadata: await board.read(places.otadata, { signal }),
      filesystem: await board.read(places.filesystem, { signal }),
    };
    await board.restart().catch(() => undefined);
    return runOf(rehearsal, following, cuts, { bytes, banner: following.banner, isAnswering }, why);
  } finally {
    await board.close();
  }
}
