import { formatFlashSize } from "../chip/flashSize";
import { sdkconfigFacts } from "../project/sdkconfig";
import { sizeText } from "../text/units";
import { defineRule } from "./rule";
import { lineFor, lineSays, setInstead } from "./support/build";
import { wholeTable } from "./support/space";

export default defineRule({
  id: "sdkconfig-flash-size",
  severity: "warning",
  stage: "device",
  needs: ["build", "flashSize"],
  summary: "The repartitioner should be built for the flash size that the devices have.",
  why: "The flash size goes into the header of the app, and newer ESP-IDF does not start an app that asks for more flash than it finds. One of the two statements is wrong; if it is the one of `crossflash.json`, the table is checked against the wrong end of flash.",
  source: "`CONFIG_ESPTOOLPY_FLASHSIZE` in ESP-IDF's components/esptool_py/Kconfig.projbuild",
  *check(subject) {
    const { build, flashSize } = subject.facts;
    if (!build || flashSize === undefined) return;
    const values = new Map([...build.options].map(([name, { value }]) => [name, value]));
    const built = sdkconfigFacts(values).flashSize;
    if (built === undefined || built === flashSize) return;
    const choice = `CONFIG_ESPTOOLPY_FLASHSIZE_${formatFlashSize(built)}`;
    const line = lineFor(build, [choice, "CONFIG_ESPTOOLPY_FLASHSIZE"]);
    if (!line) return;
    const wanted =
      line.name === choice
        ? `CONFIG_ESPTOOLPY_FLASHSIZE_${formatFlashSize(flashSize)}=y`
        : `${line.name}="${formatFlashSize(flashSize)}"`;
    yield {
      ...wholeTable(subject),
      message: `${lineSays(line)}, but the devices are said to have ${sizeText(flashSize)} of flash. ${setInstead(build, line, wanted)} If the devices have ${sizeText(built)}, correct the flash size of the devices.`,
    };
  },
});
