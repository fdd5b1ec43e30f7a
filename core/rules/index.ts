import addressSpace from "./address-space";
import alwaysWritable from "./always-writable";
import appSizeAlignment from "./app-size-alignment";
import appSubtypeEmpty from "./app-subtype-empty";
import appTooLarge from "./app-too-large";
import bootloaderAboveTable from "./bootloader-above-table";
import bootloaderOffset from "./bootloader-offset";
import dataSizeAlignment from "./data-size-alignment";
import duplicateName from "./duplicate-name";
import extraColumns from "./extra-columns";
import fieldRange from "./field-range";
import fileTooLarge from "./file-too-large";
import flashSize from "./flash-size";
import headerMacros from "./header-macros";
import headerMigration from "./header-migration";
import headerOutOfDate from "./header-out-of-date";
import invalidNumber from "./invalid-number";
import micropythonChip from "./micropython-chip";
import micropythonCombined from "./micropython-combined";
import micropythonFit from "./micropython-fit";
import micropythonFlashSize from "./micropython-flash-size";
import micropythonImage from "./micropython-image";
import micropythonMargin from "./micropython-margin";
import micropythonMd5 from "./micropython-md5";
import micropythonSecondSlot from "./micropython-second-slot";
import micropythonSlot from "./micropython-slot";
import migrationFilesLost from "./migration-files-lost";
import migrationFlashSize from "./migration-flash-size";
import migrationNoSelfUpdate from "./migration-no-self-update";
import migrationNvsMoves from "./migration-nvs-moves";
import migrationOtadataMoves from "./migration-otadata-moves";
import migrationOverwritesRunningSlot from "./migration-overwrites-running-slot";
import migrationReadonlyPlace from "./migration-readonly-place";
import migrationRepartitionerTooLarge from "./migration-repartitioner-too-large";
import migrationRunningSlotMoves from "./migration-running-slot-moves";
import migrationRunningSlotShrinks from "./migration-running-slot-shrinks";
import migrationSlotCount from "./migration-slot-count";
import migrationSource from "./migration-source";
import nameCut from "./name-cut";
import nameEmpty from "./name-empty";
import nameIsSubtype from "./name-is-subtype";
import nameIsType from "./name-is-type";
import noApp from "./no-app";
import nvsMissing from "./nvs-missing";
import nvsSize from "./nvs-size";
import offsetAlignment from "./offset-alignment";
import offsetOrder from "./offset-order";
import otaDuplicate from "./ota-duplicate";
import otaGap from "./ota-gap";
import otaSizes from "./ota-sizes";
import otadataDuplicate from "./otadata-duplicate";
import otadataMissing from "./otadata-missing";
import otadataSize from "./otadata-size";
import otadataUnused from "./otadata-unused";
import overlap from "./overlap";
import overlapsTable from "./overlaps-table";
import sdkconfigDangerousWrite from "./sdkconfig-dangerous-write";
import sdkconfigFlashSize from "./sdkconfig-flash-size";
import sdkconfigPlainHttp from "./sdkconfig-plain-http";
import sdkconfigRollback from "./sdkconfig-rollback";
import sdkconfigTableOffset from "./sdkconfig-table-offset";
import sizeEmpty from "./size-empty";
import sizeZero from "./size-zero";
import tableLength from "./table-length";
import teeOtadataDuplicate from "./tee-otadata-duplicate";
import teeOtadataSize from "./tee-otadata-size";
import typeEmpty from "./type-empty";
import unknownFlag from "./unknown-flag";
import unknownKeyword from "./unknown-keyword";
import unknownVariable from "./unknown-variable";
import unusedSpace from "./unused-space";
import vfsAutomatic from "./vfs-automatic";
import vfsEnd from "./vfs-end";
import vfsFixed from "./vfs-fixed";
import vfsLabel from "./vfs-label";
import vfsMissing from "./vfs-missing";
import vfsReadonly from "./vfs-readonly";
import vfsSize from "./vfs-size";

/**
 * Every rule, in the order in which `gen_esp32part.py` gets to its check, then what only a device refuses, then the fit
 * of the MicroPython binary, what becomes of the devices that have the source table, and whether the project agrees.
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
  fileTooLarge,
  nameEmpty,
  nameCut,
  noApp,
  otaDuplicate,
  otaGap,
  otaSizes,
  otadataMissing,
  otadataUnused,
  nvsMissing,
  sizeZero,
  dataSizeAlignment,
  appTooLarge,
  addressSpace,
  extraColumns,
  unusedSpace,
  micropythonImage,
  micropythonCombined,
  micropythonChip,
  micropythonSlot,
  micropythonSecondSlot,
  micropythonFit,
  micropythonMargin,
  micropythonMd5,
  micropythonFlashSize,
  vfsMissing,
  vfsAutomatic,
  vfsLabel,
  vfsSize,
  vfsReadonly,
  vfsEnd,
  vfsFixed,
  migrationSource,
  migrationRunningSlotMoves,
  migrationRunningSlotShrinks,
  migrationOverwritesRunningSlot,
  migrationReadonlyPlace,
  migrationRepartitionerTooLarge,
  migrationOtadataMoves,
  migrationNvsMoves,
  migrationFilesLost,
  migrationFlashSize,
  migrationSlotCount,
  migrationNoSelfUpdate,
  headerOutOfDate,
  headerMacros,
  headerMigration,
  sdkconfigTableOffset,
  sdkconfigFlashSize,
  sdkconfigDangerousWrite,
  sdkconfigPlainHttp,
  sdkconfigRollback,
] as const;
