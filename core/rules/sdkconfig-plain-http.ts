import { defineRule } from "./rule";
import { isOn, lineFor, lineSays, nameOf, otherName, type RenamedOption, setInstead } from "./support/build";
import { wholeTable } from "./support/space";

const plainHttp: RenamedOption = {
  before: "CONFIG_OTA_ALLOW_HTTP",
  now: "CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP",
  since: 5,
};

export default defineRule({
  id: "sdkconfig-plain-http",
  severity: "warning",
  stage: "device",
  needs: ["build"],
  summary: "To download over plain HTTP the repartitioner needs an option.",
  why: "`esp_https_ota` refuses addresses without encryption unless it is built to take them. The repartitioner would then never download MicroPython. The option has another name since ESP-IDF v5.0. HTTPS needs no option, but a certificate.",
  source:
    "`ESP_HTTPS_OTA_ALLOW_HTTP` in ESP-IDF's components/esp_https_ota/Kconfig, `OTA_ALLOW_HTTP` in v3.3 to v4.4",
  *check(subject) {
    const { build, delivery } = subject.facts;
    const address = [delivery?.micropython, delivery?.repartitioner].find((url) => url?.startsWith("http:"));
    const name = build && nameOf(build, plainHttp);
    if (!build || address === undefined || name === undefined) return;
    if ([name, plainHttp.before].some((known) => isOn(build, known))) return;
    const line = lineFor(build, [name, plainHttp.now]);
    const said = line ? lineSays(line) : `${build.file} does not allow downloads over plain HTTP`;
    yield {
      ...wholeTable(subject),
      message: `${said}, so esp_https_ota refuses ${address}. ${setInstead(build, line, `${name}=y`)}${otherName(build, plainHttp)}`,
    };
  },
});
