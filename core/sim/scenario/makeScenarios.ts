import type { ChipTarget } from "../../chip/targets";
import type { PlanInput, Route } from "../../migrate/plan/plan";
import { planMigration } from "../../migrate/plan/planMigration";
import { startableApps } from "../../migrate/roles";
import { failure, type Result, success } from "../../result";
import type { PartitionEntry } from "../../table/entry";
import { FACTORY, subtypeName } from "../../table/subtypes";
import { firmware } from "../apps/firmware";
import { micropython } from "../apps/micropython";
import { published } from "../apps/published/published";
import type { BootloaderModel } from "../boot/model";
import type { DeviceSetup, Programs } from "../device";
import { hazardWindow } from "../hazard";
import type { RepartitionerConfig } from "../repartitioner/config";
import { type ConfigFault, configOf, expectedImage } from "../repartitioner/configOf";
import { repartitioner } from "../repartitioner/repartitioner";
import type { Procedure } from "../report";
import { freshNetwork } from "../server";
import { type Assets, assetsOf } from "./assets";
import { fieldFlash } from "./fieldFlash";
import { publishedConfig } from "./publishedConfig";
import type { Scenario } from "./scenario";

export interface ScenarioOptions {
  readonly procedure: Procedure;
  /** Of the devices; one of ESP-IDF v3.3.5 without rollback unless said. */
  readonly bootloader?: BootloaderModel | undefined;
  readonly isProtected?: boolean | undefined;
  /** The ESP-IDF that MicroPython was built with; that of the bootloader unless said. */
  readonly micropythonIdf?: string | undefined;
  /** Instead of the repartitioner of the procedure: a test shows that a wrong one is found out. */
  readonly repartitioner?: ((config: RepartitionerConfig) => ReturnType<typeof repartitioner>) | undefined;
}

/** `plan`: the migration must not be done, and the message says why. */
export type ScenarioFault = ConfigFault | "plan" | "no-flash-size";

const DEFAULT_BOOTLOADER: BootloaderModel = { kind: "plain", idfVersion: "v3.3.5" };

/** One scenario for each slot from which the devices may run; none where the plan refuses the migration. */
export function makeScenarios(
  input: PlanInput,
  options: ScenarioOptions,
): Result<readonly Scenario[], ScenarioFault> {
  const { problems, routes } = planMigration(input);
  const [error] = problems.filter(({ severity }) => severity === "error");
  if (error) return failure("plan", 0, error.message);
  const { chip, flashSize } = input.facts;
  if (flashSize === undefined) return failure("no-flash-size", 0, NO_FLASH_SIZE);
  if (!chip) return failure("no-chip", 0, NO_CHIP);
  const bootloader = options.bootloader ?? DEFAULT_BOOTLOADER;
  const versions = { bootloader: bootloader.idfVersion, micropython: options.micropythonIdf };
  const assets = assetsOf(input, chip, flashSize, versions);
  const config = configOf(input, expectedImage(assets.micropython.bytes));
  if (!config.ok) return config;
  const known = { input, chip, flashSize, bootloader, assets, config: config.value };
  return success(
    startableApps(input.source.entries).flatMap((start) => {
      const route = routes.find((one) => one.start === start.name);
      return route ? [scenarioOf(start, route, known, options)] : [];
    }),
  );
}

const NO_FLASH_SIZE = 'It is not known how large the flash of the devices is. Add "flashSize".';
const NO_CHIP = 'It is not known which chip the devices have. Add "chip".';

interface Known {
  readonly input: PlanInput;
  readonly chip: ChipTarget;
  readonly flashSize: number;
  readonly bootloader: BootloaderModel;
  readonly assets: Assets;
  readonly config: RepartitionerConfig;
}

function scenarioOf(start: PartitionEntry, route: Route, known: Known, options: ScenarioOptions): Scenario {
  const { input, chip, flashSize, bootloader, assets, config } = known;
  const { sourceTable, targetTable, runnerOffset } = config;
  const place = { flashSize, bootloaderOffset: chip.bootloaderOffset };
  const files = { repartitioner: assets.repartitioner.bytes, micropython: assets.micropython.bytes };
  return {
    procedure: options.procedure,
    input,
    route,
    start,
    slot: slotOf(start),
    assets,
    config,
    setup: setupOf(known, options),
    state: {
      flash: fieldFlash(input, start, sourceTable, place, assets),
      network: freshNetwork({ files }),
      step: undefined,
    },
    window: hazardWindow(route, { chip, bootloader, runnerOffset }, [sourceTable, targetTable]),
  };
}

/** What stands for a slot in the id of a case: names of partitions may hold anything. */
const slotOf = ({ type, subtype }: PartitionEntry): string =>
  subtype === FACTORY ? "factory" : subtypeName(type, subtype);

function setupOf(known: Known, options: ScenarioOptions): DeviceSetup {
  const { input, chip, bootloader, assets } = known;
  return {
    chip,
    tableOffset: input.source.tableOffset,
    bootloader,
    images: [assets.firmware, assets.repartitioner, assets.micropython],
    programs: programsOf(known, options),
    ...(options.isProtected === undefined ? {} : { isProtected: options.isProtected }),
  };
}

/** Where the bootloader undoes updates, the firmware was built to begin them on trial: one setting decides both. */
function programsOf({ input, config, flashSize, bootloader }: Known, options: ScenarioOptions): Programs {
  const { procedure, repartitioner: given = repartitioner } = options;
  return {
    firmware: firmware({ rollback: bootloader.kind === "rollback" }),
    repartitioner:
      procedure === "safe"
        ? () => given(config)
        : ({ enter }) => published(publishedConfig(input, config, flashSize), enter),
    micropython: micropython(),
  };
}
