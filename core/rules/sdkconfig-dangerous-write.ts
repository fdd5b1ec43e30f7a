import type { BuildConfig } from "../project/buildConfig";
import { defineRule } from "./rule";
import { isOn, lineFor, lineSays, nameOf, otherName, type RenamedOption, setInstead } from "./support/build";
import { wholeTable } from "./support/space";

export default defineRule({
  id: "sdkconfig-dangerous-write",
  severity: "warning",
  stage: "device",
  needs: ["build"],
  summary: "The repartitioner must be allowed to write the partition table.",
  why: "ESP-IDF guards bootloader and partition table: unless it is told otherwise, an app that writes there is aborted, or the write fails, and the device goes round in circles. The option has another name since ESP-IDF v4.0. From v5.4 on an app can lift the guard itself (`esp_flash_set_dangerous_write_protection`); one that does needs no option.",
  source:
    "`choice SPI_FLASH_DANGEROUS_WRITE` in ESP-IDF's components/spi_flash/Kconfig, `SPI_FLASH_WRITING_DANGEROUS_REGIONS` in v3.x",
  *check(subject) {
    const { build } = subject.facts;
    const message = build && guardWords(build);
    if (message !== undefined) yield { ...wholeTable(subject), message };
  },
});

/** A choice: the name of the one that is taken ends in `_ABORTS`, `_FAILS` or `_ALLOWED`. */
const guard: RenamedOption = {
  before: "CONFIG_SPI_FLASH_WRITING_DANGEROUS_REGIONS",
  now: "CONFIG_SPI_FLASH_DANGEROUS_WRITE",
  since: 4,
};

/** Undefined where the repartitioner may write, or nothing is known of a guard. */
function guardWords(build: BuildConfig): string | undefined {
  const name = nameOf(build, guard, (name) => [`${name}_ABORTS`, `${name}_FAILS`, `${name}_ALLOWED`]);
  // Newer ESP-IDF takes the old name too (`sdkconfig.rename`).
  if (name === undefined || [name, guard.before].some((known) => isOn(build, `${known}_ALLOWED`)))
    return undefined;
  const taken = [`${name}_ABORTS`, `${name}_FAILS`].filter((choice) => isOn(build, choice));
  const line = lineFor(build, [...taken, `${name}_ALLOWED`, `${guard.now}_ALLOWED`]);
  const said = line ? lineSays(line) : `${build.file} does not allow an app to write the partition table`;
  const unknown = line && !line.name.startsWith(name) ? ", a name that ESP-IDF has since v4.0 only" : "";
  return `${said}${unknown}, so ESP-IDF stops the repartitioner when it writes the partition table. ${setInstead(build, line, `${name}_ALLOWED=y`)}${otherName(build, guard, "_ALLOWED")}`;
}
