import { bootOrder, bootTable } from "../../ota/bootChoice";
import { slotNumber } from "../../ota/slots";
import type { PartitionEntry } from "../../table/entry";
import { isOtaSlot } from "../../table/subtypes";
import { type Extent, overlaps } from "../solve/spaces";
import type { BootableImage, ImageKind } from "./plan";

/** An app image in flash. Where its size is not known it fills its slot. */
export interface Image extends Extent {
  readonly kind: ImageKind;
}

/** What decides which app a device starts. */
export interface DeviceState {
  readonly table: readonly PartitionEntry[];
  readonly images: readonly Image[];
  /** The partition that otadata selects. */
  readonly selected: PartitionEntry;
}

/** A change of the device that a step makes. */
export interface StateChange {
  readonly erases: readonly Extent[];
  readonly installs?: Image | undefined;
  readonly selects?: PartitionEntry | undefined;
  readonly table?: readonly PartitionEntry[] | undefined;
}

/** An erased sector is the end of the image that it was part of. */
export const afterErasing = (state: DeviceState, erases: readonly Extent[]): DeviceState => ({
  ...state,
  images: state.images.filter((image) => !erases.some((extent) => overlaps(image, extent))),
});

export function afterChange(
  state: DeviceState,
  { erases, installs, selects, table }: StateChange,
): DeviceState {
  const { images } = afterErasing(state, erases);
  return {
    table: table ?? state.table,
    images: installs ? [...images, installs] : images,
    selected: selects ?? state.selected,
  };
}

/** What the bootloader can start, in the order in which it tries: an image is started from where it begins. */
export function bootableImages({ table, images, selected }: DeviceState): BootableImage[] {
  const index = isOtaSlot(selected.type, selected.subtype) ? slotNumber(selected) : "factory";
  return bootOrder(bootTable(table), index).flatMap(({ name, offset, size }) => {
    const image = images.find((other) => other.offset === offset && other.size <= size);
    return image ? [{ image: image.kind, slot: name }] : [];
  });
}
