import type { PlanInput, Route } from "../../migrate/plan/plan";
import type { PartitionEntry } from "../../table/entry";
import type { DeviceSetup, DeviceState } from "../device";
import type { HazardWindow } from "../hazard";
import type { RepartitionerConfig } from "../repartitioner/config";
import type { Procedure } from "../report";
import type { Assets } from "./assets";

/** A device as it stands in the field, a server, and a procedure that is to bring it to MicroPython. */
export interface Scenario {
  readonly procedure: Procedure;
  readonly input: PlanInput;
  readonly route: Route;
  /** In the source table: where the firmware runs. */
  readonly start: PartitionEntry;
  /** `ota_0`, `factory`. */
  readonly slot: string;
  readonly assets: Assets;
  readonly config: RepartitionerConfig;
  readonly setup: DeviceSetup;
  /** Before the first power-on. */
  readonly state: DeviceState;
  readonly window: HazardWindow;
}
