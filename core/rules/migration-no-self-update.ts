import { otaSlotsOf } from "../migrate/roles";
import { selfUpdate } from "../migrate/solve/words";
import { defineRule } from "./rule";
import { pairFindings } from "./support/migration";

export default defineRule({
  id: "migration-no-self-update",
  severity: "warning",
  stage: "device",
  needs: ["source"],
  summary: "With a single update slot MicroPython cannot update itself over the air later.",
  why: "A running app cannot overwrite itself: an update goes into the other slot. With one update slot there is none, so the next update takes another app that does it, or a cable. Slots of different sizes are told by `ota-sizes`, a table with a single app by `micropython-second-slot`.",
  source:
    "`esp_ota_get_next_update_partition` in ESP-IDF's esp_ota_ops.c; `Partition.get_next_update` of MicroPython",
  check: (subject) =>
    pairFindings(subject, "subtype", ({ target, cast: { runner, receiver } }) =>
      otaSlotsOf(target).length < 2 && receiver && receiver !== runner
        ? [{ message: selfUpdate(target, 0).words, after: receiver }]
        : [],
    ),
});
