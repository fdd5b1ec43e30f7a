import type { Schedule } from "../report";
import type { Subject } from "../sweep/subject";
import { exhaustive } from "./exhaustive";
import { lives } from "./lives";
import { network } from "./network";
import { random } from "./random";
import { pairs, pairsRefusal, recoveries } from "./recoveries";
import type { PlannedSchedule } from "./schedule";

/** What a schedule tries on these devices. */
export function planned(subjects: readonly Subject[], schedule: Schedule): PlannedSchedule {
  switch (schedule.kind) {
    case "exhaustive":
      return exhaustive(subjects);
    case "recovery":
      return recoveries(subjects);
    case "pairs":
      return pairs(subjects);
    case "lives":
      return lives(subjects);
    case "network":
      return network(subjects);
    case "random":
      return random(subjects, schedule.seed);
  }
}

/** Why a schedule is not tried on these devices, as a sentence; undefined where it is. */
export const scheduleRefusal = (subjects: readonly Subject[], { kind }: Schedule): string | undefined =>
  kind === "pairs" ? pairsRefusal(subjects) : undefined;
