import type { DeliveryEvent } from "../../core/delivery/events";
import type { BoardIdentity } from "../../core/job/board";
import type { Route } from "../../core/migrate/plan/plan";
import { type CutChoice, cutsFor, type PlannedCut } from "../../core/rehearsal/cuts";
import { routeFrom } from "../../core/rehearsal/fieldJob";
import type { Rehearsal } from "../../core/rehearsal/readRehearsal";
import type { RehearsalRun, RehearsedBoard } from "../../core/rehearsal/report";
import type { Result } from "../../core/result";
import type { Board } from "../flasher/board";
import type { Clock } from "../flasher/clock";
import { BoardFault } from "../flasher/fault";
import { defaultLimits, type RehearsalDesk } from "../rehearsal/desk";
import { type Followed, followBoard } from "../rehearsal/followBoard";
import { ownEvents } from "../rehearsal/ownEvents";
import { begin, type FieldWishes, type MadeRun, prepareRun, wanted } from "../rehearsal/prepareRun";
import { readRun } from "../rehearsal/readRun";
import { simulatedFirmware } from "../rehearsal/simulated";
import { type VirtualTime, virtualTime } from "../virtualBoard/firmware/virtualTime";
import { findBoard, perform } from "./flashFlow";

export interface RehearsalWishes extends FieldWishes {
  readonly cuts: CutChoice;
  /** How often all of it is done; with a seed, each run has one of its own. */
  readonly runs: number;
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

async function followRun(
  { desk, hearers, clock }: Stage,
  route: Route,
  cuts: readonly PlannedCut[],
  { mac }: BoardIdentity,
): Promise<Followed> {
  const trigger = desk.virtual ? "" : ": trigger the update of its firmware";
  desk.tell({
    kind: "stage",
    text: `The board starts from '${route.start}'. Waiting for it to fetch the repartitioner${trigger}`,
    share: STARTED,
  });
  return followBoard(await desk.port(), {
    route,
    cuts,
    clock,
    limits: { ...defaultLimits, ...desk.limits },
    signal: desk.signal,
    tell: desk.tell,
    onDelivery(hear) {
      const own = ownEvents(mac, hear, (text) => desk.tell({ kind: "remark", text, share: STARTED }));
      hearers.add(own);
      return () => void hearers.delete(own);
    },
  });
}

const STARTED = 0.2;
