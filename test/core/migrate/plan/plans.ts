import { chipById } from "../../../../core/chip/targets";
import { noFacts } from "../../../../core/facts";
import type { MigrationPlan, PlanInput, Route } from "../../../../core/migrate/plan/plan";
import { planMigration } from "../../../../core/migrate/plan/planMigration";
import { entriesOf, stockTables } from "../stockTables";

/** What the published procedure makes of Arduino's table, with the filesystem up to the end of flash. */
export const publishedTarget = `
nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000
app1, app, ota_1, 0x150000, 0x180000
vfs, data, fat, 0x2d0000, 0x130000`;

/** The same device with two equal slots. */
export const balancedTarget = `
nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x180000
app1, app, ota_1, 0x190000, 0x180000
vfs, data, fat, 0x310000, 0xf0000`;

export interface Given {
  readonly source?: string;
  readonly target?: string;
  readonly from?: string;
  readonly repartitioner?: number;
  readonly micropython?: number;
  /** MB. */
  readonly flash?: number;
}

export function inputOf({
  source = stockTables["Arduino default"].table,
  target = publishedTarget,
  from,
  repartitioner = 900_000,
  micropython = 1_464_336,
  flash = 4,
}: Given): PlanInput {
  return {
    source: { entries: entriesOf(source), tableOffset: 0x8000, runningSlot: from },
    target: entriesOf(target),
    images: {
      repartitioner: { size: repartitioner, sha256: "aa" },
      micropython: { size: micropython, sha256: "bb" },
    },
    facts: { ...noFacts, flashSize: flash * 0x100000, chip: chipById("esp32") },
  };
}

export const planOf = (given: Given): MigrationPlan => planMigration(inputOf(given));

/** The only route of a plan whose start is known. */
export function routeOf(given: Given): Route {
  const [route] = planOf(given).routes;
  if (!route)
    throw new Error(
      planOf(given)
        .problems.map(({ message }) => message)
        .join("\n"),
    );
  return route;
}
