import { defineRule } from "./rule";
import { isOn, lineFor, lineSays } from "./support/build";
import { wholeTable } from "./support/space";

/** As it is called since ESP-IDF v4.0, and in v3.3. */
const NAMES = ["CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE", "CONFIG_APP_ROLLBACK_ENABLE"];

export default defineRule({
  id: "sdkconfig-rollback",
  severity: "warning",
  stage: "device",
  needs: ["build"],
  summary: "The repartitioner should be built without rollback.",
  why: "A repartitioner with rollback marks MicroPython as new. A bootloader with rollback then starts it once, and unless it confirms itself (`esp32.Partition.mark_app_valid_cancel_rollback()`), the next reset starts the repartitioner again, which downloads MicroPython again, for ever. Whether the devices have such a bootloader is often not known.",
  source:
    "`esp_ota_set_boot_partition` in ESP-IDF's esp_ota_ops.c; `bootloader_utility_get_selected_boot_partition` in bootloader_utility.c",
  *check(subject) {
    const { build } = subject.facts;
    const line =
      build &&
      lineFor(
        build,
        NAMES.filter((name) => isOn(build, name)),
      );
    if (!line) return;
    yield {
      ...wholeTable(subject),
      message: `${lineSays(line)}: where the bootloader of the devices has rollback too, MicroPython has to confirm itself at its first start, or the next reset goes back to the repartitioner. Change it to '# ${line.name} is not set', or let MicroPython call mark_app_valid_cancel_rollback().`,
    };
  },
});
