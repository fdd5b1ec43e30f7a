import { movedNvs } from "../migrate/pairFaults";
import { defineRule } from "./rule";
import { pairFindings, putBack } from "./support/migration";

export default defineRule({
  id: "migration-nvs-moves",
  severity: "warning",
  stage: "device",
  needs: ["source"],
  summary: "nvs should stay where the devices have it, at least as large.",
  why: "NVS keeps what the firmware stored, the name and the password of the Wi-Fi network among it. Nothing is copied: elsewhere it is empty, and MicroPython erases all of one that has become too small for its pages.",
  source:
    "`boardctrl_startup` in MicroPython's main.c; `nvs_flash_init` of ESP-IDF, `ESP_ERR_NVS_NO_FREE_PAGES`",
  check: (subject) => pairFindings(subject, "offset", movedNvs, putBack),
});
