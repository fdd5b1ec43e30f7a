export type { ArrayFault } from "./arrayFaults";
export type { HeaderTable } from "./arrayText";
export { createHeader } from "./headerNew";
export {
  type HeaderFault,
  type HeaderPatch,
  macroValues,
  patchHeader,
} from "./headerPatch";
export { decodeHeader, findTableArray, type TableArray } from "./tableArray";
