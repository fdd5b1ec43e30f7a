import { failure, type Result, success } from "../../result";
import type { Procedure } from "../report";
import { type CaseCut, hasPlace, type NetworkFault, networkFaultKinds, type SimulationCase } from "./case";
import { type Position, positions } from "./position";

const procedures: readonly Procedure[] = ["safe", "published"];

/** Reads what `caseId` writes, and nothing else; also as it comes out of a Markdown report, with an invisible space. */
export function parseCase(given: string): Result<SimulationCase, "case"> {
  const id = given.replaceAll("\u200b", "").trim();
  const [first, slot, cutsText, ...faultTexts] = id.split(":");
  const procedure = procedures.find((name) => name === first);
  if (!procedure) return refused(id, `it begins with 'safe' or 'published', not with '${first}'`);
  if (slot === undefined || !/^(factory|ota_(\d|1[0-5]))$/.test(slot))
    return refused(id, "behind it stands the slot from which the device starts, such as ota_0 or factory");
  const cuts = parseCuts(cutsText ?? "");
  if (!cuts)
    return refused(
      id,
      "behind the slot stands 'clean', 'lives-1' or cuts such as 137@middle, joined by '+', each behind the one before",
    );
  const faults = faultTexts.map(parseFault);
  const wrong = faults.indexOf(undefined);
  if (wrong !== -1)
    return refused(
      id,
      `'${faultTexts[wrong]}' is no fault of the network, such as drop@65536.micropython.x1`,
    );
  return success({ procedure, slot, cuts, faults: faults.flatMap((fault) => fault ?? []) });
}

const refused = (id: string, why: string) =>
  failure("case", 0, `'${id}' is no id of a simulated case: ${why}. Take one that a simulation has shown.`);

function parseCuts(text: string): SimulationCase["cuts"] | undefined {
  if (text === "clean") return [];
  const [, firstLife] = /^lives-([1-9]\d{0,5})$/.exec(text) ?? [];
  if (firstLife !== undefined) return { firstLife: Number(firstLife) };
  const cuts = text.split("+").map(parseCut);
  const isOrdered = cuts.every(
    (cut, index) => cut && (index === 0 || cut.operation > (cuts[index - 1]?.operation ?? -1)),
  );
  return isOrdered ? cuts.flatMap((cut) => cut ?? []) : undefined;
}

function parseCut(text: string): CaseCut | undefined {
  const [, operation, at, seed = "0"] = /^(\d{1,7})@([a-z0-9-]+)(?:~(\d{1,7}))?$/.exec(text) ?? [];
  const position = parsePosition(at ?? "");
  return position && { operation: Number(operation), at: position, seed: Number(seed) };
}

function parsePosition(text: string): Position | undefined {
  const known = positions.find((position) => position === text);
  if (known) return known;
  const [, kind, bytes] = /^(byte|torn)-(\d{1,7})$/.exec(text) ?? [];
  if (bytes === undefined) return undefined;
  return kind === "byte" ? `byte-${Number(bytes)}` : `torn-${Number(bytes)}`;
}

function parseFault(text: string): NetworkFault | undefined {
  const [, name, byte, image, times] =
    /^([a-z-]+)(?:@(\d{1,9}))?(?:\.(repartitioner|micropython))?\.(always|x\d{1,5})$/.exec(text) ?? [];
  const kind = networkFaultKinds.find((one) => one === name);
  if (!kind || (byte !== undefined) !== hasPlace(kind)) return undefined;
  return {
    kind,
    ...(byte === undefined ? {} : { at: Number(byte) }),
    ...(image === "repartitioner" || image === "micropython" ? { image } : {}),
    times: times === "always" ? times : Number(times?.slice(1)),
  };
}
