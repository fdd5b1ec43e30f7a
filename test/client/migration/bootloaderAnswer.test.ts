import { expect, test } from "vitest";
import {
  bootloaderFault,
  type StatedBootloader,
  statedBootloader,
} from "../../../client/migration/bootloaderAnswer";

function checkAnswer(text: string, stated: StatedBootloader | undefined): void {
  test(`'${text}'`, () => {
    expect(statedBootloader(text)).toEqual(stated);
    expect(bootloaderFault(text) === undefined).toBe(stated !== undefined);
  });
}

checkAnswer("", {});
checkAnswer("  ", {});
checkAnswer("v3.3.5", { idf: "v3.3.5" });
checkAnswer(" 4.4 ", { idf: "4.4" });
checkAnswer("arduino 1.0.6", { arduino: "1.0.6" });
checkAnswer("Arduino v2.0.17", { arduino: "2.0.17" });
checkAnswer("arduino", undefined);
checkAnswer("the old one", undefined);
