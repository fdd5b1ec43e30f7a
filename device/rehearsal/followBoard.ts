import type { DeliveryEvent } from "../../core/delivery/events";
import type { Route } from "../../core/migrate/plan/plan";
import { boardWords } from "../../core/rehearsal/boardWords";
import { cutText, isDue, isStillDue, type PlannedCut } from "../../core/rehearsal/cuts";
import type { RehearsalEvent } from "../../core/rehearsal/events";
import { follow } from "../../core/rehearsal/follow";
import { beginning, type Following } from "../../core/rehearsal/following";
import type { Clock } from "../flasher/clock";
import { BoardFault } from "../flasher/fault";
import { type Monitor, monitor } from "../monitor";
import type { BoardPort } from "../port";
import type { RehearsalLimits, RehearsalNews } from "./desk";
import { lineReader } from "./lineReader";
import { newsOf } from "./news";

export interface FollowOptions {
  readonly route: Route;
  readonly cuts: readonly PlannedCut[];
  readonly clock: Clock;
  readonly limits: RehearsalLimits;
  readonly signal: AbortSignal;
  /** Hears what happens at the server, until it is called off. */
  onDelivery(hear: (event: DeliveryEvent) => void): () => void;
  tell(news: RehearsalNews): void;
}

export interface Followed {
  readonly following: Following;
  /** Why it ended before the board arrived; empty where it has. */
  readonly why: readonly string[];
  /** Whether MicroPython's prompt answers. */
  readonly isAnswering: boolean;
}

type Ending = "over" | "quiet" | "long" | "cancelled" | BoardFault;

const INTERRUPT = "\u0003";

/**
 * Starts the board and follows it until MicroPython is at its prompt, or until it comes no further. Fails with a
 * `BoardFault` that says in what state the board is where nobody can listen any more.
 */
export async function followBoard(port: BoardPort, options: FollowOptions): Promise<Followed> {
  const { route, clock, limits, signal, tell } = options;
  let following = beginning(route, clock.now());
  let listening: Monitor | undefined;
  let resetting: Promise<void> = Promise.resolve();
  let end: (ending: Ending) => void = () => undefined;
  const ended = new Promise<Ending>((resolve) => {
    end = resolve;
  });
  const waiting = new Set(options.cuts);
  const alarms = new Set<() => void>([clock.after(limits.whole, () => end("long"))]);
  let quiet = clock.after(limits.quiet, () => end("quiet"));
  let onPrompt = (): void => undefined;

  const hear = (event: RehearsalEvent): void => {
    if (event.kind === "prompt") onPrompt();
    const before = following;
    following = follow(before, event);
    for (const news of newsOf(before, following)) tell(news);
    if (following.end !== "going") end("over");
    else watch(before);
  };
  const watch = (before: Following): void => {
    if (following.progressAt !== before.progressAt) {
      quiet();
      quiet = clock.after(limits.quiet, () => end("quiet"));
    }
    for (const cut of waiting) if (isDue(cut, following)) plan(cut);
  };
  const plan = (cut: PlannedCut): void => {
    waiting.delete(cut);
    const delay = cut.kind === "step" ? cut.delay : 0;
    if (delay === 0) make(cut);
    else alarms.add(clock.after(delay, () => make(cut)));
  };
  const make = (cut: PlannedCut): void => {
    if (!isStillDue(cut, following)) return;
    hear({ kind: "cut", at: clock.now(), cut: cutText(cut) });
    resetting = resetting.then(() => listening?.reset()).catch(() => undefined);
  };
  const read = lineReader({
    line: (text) => hear({ kind: "line", at: clock.now(), text }),
    prompt: () => hear({ kind: "prompt", at: clock.now() }),
  });
  const stopHearing = options.onDelivery((event) => hear({ kind: "delivery", at: clock.now(), event }));
  const cancel = (): void => end("cancelled");
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  try {
    listening = await monitor(port, {
      reset: true,
      pause: clock.pause,
      onText: read,
      onMeaning({ severity, title }) {
        if (severity === "error") hear({ kind: "trouble", at: clock.now(), title });
      },
    });
    void listening.ended.then((fault) => fault && end(fault));
    const ending = await ended;
    await resetting;
    if (ending === "cancelled" || typeof ending === "object") throw interrupted(ending, following);
    const isAnswering = following.end === "arrived" && (await answers());
    return { following, why: whyOf(ending, following, limits), isAnswering };
  } finally {
    quiet();
    for (const off of alarms) off();
    stopHearing();
    signal.removeEventListener("abort", cancel);
    await listening?.close();
  }

  async function answers(): Promise<boolean> {
    const answered = new Promise<boolean>((resolve) => {
      onPrompt = () => resolve(true);
      alarms.add(clock.after(limits.answer, () => resolve(false)));
    });
    await listening?.write(INTERRUPT).catch(() => undefined);
    return answered;
  }
}

const interrupted = (ending: "cancelled" | BoardFault, following: Following): BoardFault =>
  ending === "cancelled"
    ? new BoardFault("cancelled", `The rehearsal was stopped. ${boardWords(following)}`)
    : new BoardFault(ending.kind, `${ending.message} ${boardWords(following)}`);

function whyOf(ending: Ending, following: Following, { quiet, whole }: RehearsalLimits): string[] {
  if (following.end === "arrived") return [];
  const words = boardWords(following);
  if (ending === "quiet") return [`Nothing happened for ${quiet / 1000} s. ${words}`];
  return [ending === "long" ? `After ${whole / 1000} s the board is not there yet. ${words}` : words];
}
