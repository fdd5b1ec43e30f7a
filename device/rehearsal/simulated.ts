import type { ServedImage } from "../../core/delivery/readDelivery";
import type { Rehearsal } from "../../core/rehearsal/readRehearsal";
import { firmware as fieldFirmware } from "../../core/sim/apps/firmware";
import { micropython } from "../../core/sim/apps/micropython";
import { repartitioner } from "../../core/sim/repartitioner/repartitioner";
import { bannerIn } from "../virtualBoard/firmware/bannerIn";
import { firmwareSession } from "../virtualBoard/firmware/firmwareSession";
import { httpNetwork } from "../virtualBoard/firmware/httpNetwork";
import type { FirmwareStart, SimulatedFirmware } from "../virtualBoard/firmware/simulatedFirmware";
import type { VirtualTime } from "../virtualBoard/firmware/virtualTime";

/** Where a virtual board finds what it fetches. */
export interface SimulatedPlaces {
  urlOf(image: ServedImage): string;
  readonly reportUrl: string;
  readonly authority?: string | undefined;
}

/**
 * The programs of a rehearsal on a virtual board. What is neither the repartitioner nor MicroPython plays the firmware of
 * the field, whatever it is.
 */
export function simulatedFirmware(
  { images, config, model, migration }: Pick<Rehearsal, "images" | "config" | "model" | "migration">,
  places: SimulatedPlaces,
  time: VirtualTime,
  waitScale: number,
): FirmwareStart {
  const served = (kind: ServedImage["image"]) => images.find(({ image }) => image === kind);
  const urlOf = (kind: ServedImage["image"]): string => {
    const image = served(kind);
    return image ? places.urlOf(image) : "";
  };
  const firmware: SimulatedFirmware = {
    kindOf({ sha256, micropython: banner }) {
      if (sha256 === served("repartitioner")?.sha256) return "repartitioner";
      return banner === undefined ? "firmware" : "micropython";
    },
    programs: {
      firmware: fieldFirmware({ rollback: model.kind === "rollback" }),
      repartitioner: () => repartitioner(config),
      micropython: (context) => micropython({ banner: bannerIn(context.image.bytes) })(context),
    },
    bootloader: model,
    tableOffset: config.tableOffset,
    isProtected: migration.question.flashEncryption === "on" || migration.question.secureBoot === "on",
    network: () =>
      httpNetwork({
        images: { repartitioner: urlOf("repartitioner"), micropython: urlOf("micropython") },
        report: places.reportUrl,
        authority: places.authority,
      }),
    time,
    waitScale,
  };
  return (board) => firmwareSession(board, firmware);
}
