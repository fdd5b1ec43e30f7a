import alwaysWritable from "./always-writable";
import appSizeAlignment from "./app-size-alignment";
import appSubtypeEmpty from "./app-subtype-empty";
import bootloaderAboveTable from "./bootloader-above-table";
import bootloaderOffset from "./bootloader-offset";
import duplicateName from "./duplicate-name";
import fieldRange from "./field-range";
import flashSize from "./flash-size";
import invalidNumber from "./invalid-number";
import nameIsSubtype from "./name-is-subtype";
import nameIsType from "./name-is-type";
import nvsSize from "./nvs-size";
import offsetAlignment from "./offset-alignment";
import offsetOrder from "./offset-order";
import otadataDuplicate from "./otadata-duplicate";
import otadataSize from "./otadata-size";
import overlap from "./overlap";
import overlapsTable from "./overlaps-table";
import sizeEmpty from "./size-empty";
import tableLength from "./table-length";
import teeOtadataDuplicate from "./tee-otadata-duplicate";
import teeOtadataSize from "./tee-otadata-size";
import typeEmpty from "./type-empty";
import unknownFlag from "./unknown-flag";
import unknownKeyword from "./unknown-keyword";
import unknownVariable from "./unknown-variable";

/**
 * Every rule, in the order in which `gen_esp32part.py` gets to its check, then what only a device refuses, then the fit
 * of the MicroPython binary.
 */
export const rules = [
  bootloaderAboveTable,
  unknownVariable,
  typeEmpty,
  unknownKeyword,
  appSubtypeEmpty,
  invalidNumber,
  bootloaderOffset,
  sizeEmpty,
  unknownFlag,
  overlapsTable,
  overlap,
  offsetOrder,
  offsetAlignment,
  appSizeAlignment,
  nameIsType,
  nameIsSubtype,
  alwaysWritable,
  nvsSize,
  duplicateName,
  otadataDuplicate,
  otadataSize,
  teeOtadataDuplicate,
  teeOtadataSize,
  flashSize,
  fieldRange,
  tableLength,
] as const;
