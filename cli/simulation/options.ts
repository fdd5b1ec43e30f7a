import { success } from "../../core/result";
import { DEFAULT_FLEET } from "../../core/sim/losses";
import type { Schedule } from "../../core/sim/report";
import { choice, oneOf, refused, text } from "../options";

const SCHEDULES = ["exhaustive", "recovery", "pairs", "lives", "network"] as const;

/** What is simulated. */
export const simulation = {
  procedure: choice(
    ["safe", "published"],
    "safe, the default: that of the plan. published: the one that was published, as it was published.",
  ),
  cuts: oneOf<Schedule>(
    `${SCHEDULES.join("|")}|seed:N`,
    "Which faults are tried: one cut everywhere (the default), a second one during recovery, all pairs of a small migration, ever longer lives, faults of the network, or cuts by chance.",
    (given) => {
      const kind = SCHEDULES.find((name) => name === given);
      if (kind) return success({ kind });
      const [, seed] = /^seed:(\d{1,9})$/.exec(given) ?? [];
      return seed === undefined
        ? refused(`must be ${SCHEDULES.join(", ")} or seed:N with a number, not '${given}'`)
        : success({ kind: "random", seed: Number(seed) });
    },
  ),
  case: text("ID", "Shows this one case start by start, with its log, instead of trying all."),
  devices: oneOf(
    "N",
    `How many devices the fleet has; ${DEFAULT_FLEET.devices} unless told otherwise.`,
    (given) =>
      /^[1-9]\d{0,8}$/.test(given)
        ? success(Number(given))
        : refused(`must be a number of devices, not '${given}'`),
  ),
  "cut-rate": oneOf(
    "RATE",
    `How often a device loses power, a day; ${DEFAULT_FLEET.cutRate} unless told otherwise.`,
    (given) =>
      /^\d{1,6}(\.\d{1,6})?$/.test(given)
        ? success(Number(given))
        : refused(`must be a number such as 0.05, not '${given}'`),
  ),
};
