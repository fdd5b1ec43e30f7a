export { createHeader } from "./headerNew";
export {
  type HeaderFault,
  type HeaderPatch,
  type HeaderTable,
  macroValues,
  patchHeader,
} from "./headerPatch";
export { type ArrayFault, decodeHeader, findTableArray, type TableArray } from "./tableArray";
