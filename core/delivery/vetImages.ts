import type { ChipTarget } from "../chip/targets";
import { bytesText } from "../migrate/bytesText";
import { tooLargeRepartitioner } from "../migrate/pairFaults";
import type { TablePair } from "../migrate/tablePair";
import { finding, type ImageFinding } from "./finding";
import { holdsTable, tablesIn } from "./tablesInImage";
import type { VettedImage } from "./vetFile";

/** What of a migration decides whether an image is the right one. */
export interface DeliveryFacts {
  /** Of the devices; unknown where nobody said it. */
  readonly chip: ChipTarget | undefined;
  /** Undefined where the devices take no update over the air. */
  readonly pair: TablePair | undefined;
  /** 0xC00 bytes each, as they lie in flash. */
  readonly targetTable: Uint8Array;
  readonly sourceTable: Uint8Array;
}

/** Looks whether an intact image is made for these devices, for this table and for the slot that receives it. */
export const vetImage = (vetted: VettedImage, facts: DeliveryFacts): readonly ImageFinding[] => [
  ...chipFindings(vetted, facts),
  ...sizeFindings(vetted, facts),
  ...(vetted.image === "repartitioner" ? tableFindings(vetted, facts) : []),
];

function chipFindings({ image, name, chip: built }: VettedImage, { chip }: DeliveryFacts): ImageFinding[] {
  if (!chip)
    return [
      finding(
        "warning",
        image,
        `Which chip the devices have is not known, so nobody checked that '${name}', which is for ${built.name}, is for them. Add "chip" to crossflash.json.`,
      ),
    ];
  if (chip.id === built.id) return [];
  const message = `'${name}' is built for ${built.name}, but the devices are ${chip.name}. Build or choose one for ${chip.name}.`;
  return [finding("error", image, message)];
}

function sizeFindings({ image, name, bytes }: VettedImage, { pair }: DeliveryFacts): ImageFinding[] {
  if (!pair) return [];
  if (image === "repartitioner")
    return tooLargeRepartitioner(pair, bytes.length).map(({ message }) => finding("error", image, message));
  const slot = pair.cast.receiver;
  if (!slot || bytes.length <= slot.size) return [];
  const message = `'${name}' has ${bytesText(bytes.length)} and does not fit '${slot.name}' of ${bytesText(slot.size)}: ${bytesText(bytes.length - slot.size)} too many. Grow the slot or choose a smaller build.`;
  return [finding("error", image, message)];
}

/** The repartitioner writes the table that was built into it, whatever the manifest says by now. */
function tableFindings(
  { image, name, bytes }: VettedImage,
  { targetTable, sourceTable }: DeliveryFacts,
): ImageFinding[] {
  const found = tablesIn(bytes);
  const isRight = holdsTable(bytes, targetTable);
  const others = found.filter((table) => !holdsTable(targetTable, table) && !holdsTable(sourceTable, table));
  if (isRight && others.length === 0) return [];
  if (isRight)
    return [
      finding(
        "warning",
        image,
        `'${name}' holds the target table of crossflash.json, and another table that is neither this one nor that of the devices. Was it built for other devices?`,
      ),
    ];
  if (found.length > 0)
    return [
      finding(
        "error",
        image,
        `'${name}' was built for another table than the target table of crossflash.json. Export the table into the header of the repartitioner, build it again, and serve that.`,
      ),
    ];
  return [
    finding(
      "warning",
      image,
      `Which table '${name}' writes cannot be seen in it: it holds none in the form in which it lies in flash. Make sure that it was built after the last export of the table.`,
    ),
  ];
}
