import type { VerifyEffect } from "../boot/effects";
import type { Answer, Effect } from "../effect";
import { answerOf } from "../flash/answer";
import { type Flash, sameContent } from "../flash/flash";
import { close, connectTo, type NetworkState, receive, request, sameNetwork } from "../server";
import { type Machine, note, operate, stateOf } from "./machine";
import type { Watcher } from "./watcher";

/** How a program ended, and what it gave where it came to its end. */
export type Outcome<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "restart" | "cut" | "waiting" | "limit" };

/** Milliseconds that things take which are neither flash nor a wait; nobody measured them. */
const CONNECT = 3000;
const REQUEST = 100;
const BYTES_PER_MILLISECOND = 50;

/** Runs a program until it ends, restarts, loses its power, or does nothing new any more. */
export function drive<T>(
  machine: Machine,
  program: Generator<Effect | VerifyEffect, T, Answer>,
  watcher?: Watcher,
): Outcome<T> {
  const patience = waitCounter(machine);
  let answer: Answer;
  for (let count = 0; count < machine.limits.effects; count++) {
    watcher?.told(answer);
    const step = program.next(answer);
    if (step.done) return { kind: "done", value: step.value };
    const effect = step.value;
    switch (effect.kind) {
      case "write":
      case "erase":
        if (watcher?.isKnown(() => stateOf(machine)) || !operate(machine, effect)) return { kind: "cut" };
        answer = true;
        break;
      case "restart":
        return { kind: "restart" };
      case "wait":
        machine.milliseconds += effect.milliseconds;
        watcher?.waits();
        if (patience()) return { kind: "waiting" };
        answer = undefined;
        break;
      case "log":
        note(machine, effect.line);
        answer = undefined;
        break;
      case "running":
        answer = machine.offset;
        break;
      case "protected":
        answer = machine.isProtected;
        break;
      case "connect":
      case "fetch-open":
      case "fetch-read":
      case "fetch-close":
        answer = answerOfNetwork(machine, effect);
        break;
      case "read":
      case "is-blank":
      case "is-equal":
      case "sha256":
      case "image":
      case "verify":
        answer = answerOf(machine.flash, effect);
        break;
    }
  }
  return { kind: "limit" };
}

/** Gives a function that says, at each wait, whether too many of them have passed without any change. */
function waitCounter(machine: Machine): () => boolean {
  let before: { readonly flash: Flash; readonly network: NetworkState } | undefined;
  let waits = 0;
  return () => {
    const isSame =
      before && sameContent(before.flash, machine.flash) && sameNetwork(before.network, machine.network);
    waits = isSame ? waits + 1 : 1;
    before = { flash: machine.flash, network: machine.network };
    return waits > machine.limits.waits;
  };
}

type NetworkKind = "connect" | "fetch-open" | "fetch-read" | "fetch-close";

function answerOfNetwork(machine: Machine, effect: Extract<Effect, { readonly kind: NetworkKind }>): Answer {
  switch (effect.kind) {
    case "connect": {
      if (!machine.network.isOnline) machine.milliseconds += CONNECT;
      const { state, answer } = connectTo(machine.network);
      machine.network = state;
      return answer;
    }
    case "fetch-open": {
      machine.milliseconds += REQUEST;
      const { state, answer } = request(machine.network, effect.image, effect.from);
      machine.network = state;
      return answer;
    }
    case "fetch-read": {
      const { state, answer } = receive(machine.network, effect.size);
      machine.milliseconds += (answer?.length ?? 0) / BYTES_PER_MILLISECOND;
      machine.network = state;
      return answer;
    }
    case "fetch-close":
      machine.network = close(machine.network);
      return undefined;
  }
}
