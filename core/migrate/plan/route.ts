import { FACTORY } from "../../table/subtypes";
import { startableApps } from "../roles";
import { arrivalSteps } from "./arrivalSteps";
import { afterChange, afterErasing, bootableImages, type DeviceState } from "./device";
import { imageIn, type Scene, type StepDraft } from "./draft";
import { flashSeconds } from "./flashCost";
import { installSteps } from "./installSteps";
import type { BootableImage, ImageKind, MigrationStep, Route, StepId } from "./plan";
import { tableSteps } from "./tableSteps";

/** Walks a device through all steps and notes after each what it could start. */
export function routeFrom(scene: Scene): Route {
  const drafts = [...arrivalSteps(scene), ...tableSteps(scene), ...installSteps(scene)];
  let state = initialState(scene);
  const walked = drafts.map((draft) => {
    const step = stepOf(draft, state);
    state = changed(draft, state);
    return step;
  });
  const hazardWindow: StepId = "write-table";
  const pointOfNoReturn = walked.find(isWithoutFirmware)?.id ?? hazardWindow;
  const steps = walked.map((step) => ({
    ...step,
    isHazardWindow: step.id === hazardWindow,
    isPointOfNoReturn: step.id === pointOfNoReturn,
  }));
  return { start: scene.start.name, steps, hazardWindow, pointOfNoReturn };
}

/** How large the firmware is nobody said, so it may fill its slot. The factory app is there where it does not run. */
function initialState({ input: { source }, start }: Scene): DeviceState {
  const factories = startableApps(source.entries).filter(
    ({ subtype, offset }) => subtype === FACTORY && offset !== start.offset,
  );
  return {
    table: source.entries,
    images: [imageIn(start, "firmware"), ...factories.map((factory) => imageIn(factory, "factory-app"))],
    selected: start,
  };
}

const isWithoutFirmware = ({ bootable }: MigrationStep): boolean =>
  !bootable.some(({ image }) => image === "firmware");

const erasesOf = ({ flash }: StepDraft) => flash.filter(({ kind }) => kind === "erase");

const changed = (draft: StepDraft, state: DeviceState): DeviceState =>
  afterChange(state, { ...draft.change, erases: erasesOf(draft) });

function stepOf(draft: StepDraft, state: DeviceState): MigrationStep {
  const { id, title, published, precondition, does, flash, network, attempts = 1 } = draft;
  const bootable = bootableImages(changed(draft, state));
  const during = bootableImages(afterErasing(state, erasesOf(draft)));
  const seconds = flashSeconds(flash);
  const hasErase = erasesOf(draft).length > 0;
  return {
    id,
    title,
    published,
    precondition,
    does,
    flash,
    ...(network ? { network } : {}),
    bootable,
    powerLoss: {
      during: draft.hazard ?? [startWords(during), draft.again].join(" "),
      after: startWords(bootable),
    },
    seconds: { typical: seconds.typical, most: seconds.most * attempts },
    eraseCycles: { typical: hasErase ? 1 : 0, most: hasErase ? attempts : 0 },
    isHazardWindow: false,
    isPointOfNoReturn: false,
  };
}

export const imageName: Readonly<Record<ImageKind, string>> = {
  firmware: "the firmware of today",
  "factory-app": "the app that is in its factory partition",
  repartitioner: "the repartitioner",
  micropython: "MicroPython",
};

/** Which app a device starts that gets its power back. */
function startWords([first]: readonly BootableImage[]): string {
  return first
    ? `The device starts ${imageName[first.image]} from '${first.slot}'.`
    : "Nothing is left that the device could start.";
}
