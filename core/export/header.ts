export type { ArrayFault } from "./arrayFaults";
export { createHeader } from "./headerNew";
export {
  type HeaderFault,
  type HeaderPatch,
  type HeaderTable,
  macroValues,
  patchHeader,
} from "./headerPatch";
export { decodeHeader, findTableArray, type TableArray } from "./tableArray";
