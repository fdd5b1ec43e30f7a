import { pathAt } from "../../core/language/manifestPaths";
import { parseManifest, setManifestValue } from "../../core/project/manifest";
import { applyEdits } from "../../core/text/span";
import { manifestSeeds } from "./corpus";
import { expectEdits, expectInside, expectProblems, expectThat } from "./expect";
import { mutatedText } from "./mutateText";
import { textTarget } from "./target";

const words = [
  ...'{ } [ ] : , " // /* */ null true 1e999 \\u0000 \\ "chip" "esp32" "target" "table" "flashSize" "4MB" "../x"'.split(
    " ",
  ),
  '"target": { "micropython": "micropython.bin" },',
  '"__proto__": {},',
  '"constructor"',
  "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
];

const paths = [["chip"], ["target", "micropython"], ["source", "table"], ["bootloader", "image"]];

export const manifestTarget = textTarget(
  "manifest",
  (random) => mutatedText(random, { seeds: manifestSeeds, words }),
  (text, random) => {
    const { faults, spanOf } = parseManifest(text);
    expectProblems(faults, text);
    for (const path of paths) {
      const place = spanOf(path);
      if (place) expectInside(place, text, path.join("."));
    }
    const found = pathAt(text, random.below(text.length + 1));
    if (found) expectInside(found.span, text, "a path");
    checkChange(text, random.pick(paths));
  },
);

/** A value that was set is there, and setting it again changes nothing. */
function checkChange(text: string, path: readonly string[]): void {
  const edits = setManifestValue(text, path, "esp32");
  expectEdits(edits, text, "a new value");
  const after = applyEdits(text, edits);
  expectThat(setManifestValue(after, path, "esp32").length === 0, "setting a value again changes something");
}
