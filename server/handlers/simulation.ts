import type { CancellationToken } from "vscode-jsonrpc";
import type { Procedure } from "../../core/sim/report";
import { type SimulateParams, simulateCaseMethod, simulateMethod } from "../../protocol/lsp";
import { type SimulationFinding, simulationWish } from "../../protocol/simulation";
import { refusal } from "../safe";
import type { Session } from "../session";
import type { SimulatedMigration } from "../simulation/index";
import { pathOf } from "../uri";

/** Loaded with the first simulation. */
const loadSimulator = () => import("../simulation/index");

/** What power cuts do to the devices of a migration. Other requests are answered meanwhile. */
export function registerSimulation(session: Session): void {
  const { connection, safely } = session;
  const read = migrations(session);
  connection.onRequest(
    simulateMethod,
    safely("Simulation", null, (params, token) => simulated(session, read, params, token)),
  );
  connection.onRequest(
    simulateCaseMethod,
    safely("Simulated case", null, async ({ uri, id }) => {
      const { procedureOf, replay } = await loadSimulator();
      const procedure = typeof id === "string" ? procedureOf(id) : undefined;
      const played = replay(await read.lastOf(uri, procedure ?? "safe"), String(id));
      if (!played.ok) throw refusal(played.message);
      return played.value;
    }),
  );
}

/** Migrations as they are on the disk. */
interface Migrations {
  readonly anew: (uri: string, procedure: Procedure) => Promise<SimulatedMigration>;
  /** A case belongs to the simulation that has found it: where that was the last one, nothing is read again. */
  readonly lastOf: (uri: string, procedure: Procedure) => Promise<SimulatedMigration>;
}

function migrations({ project }: Session): Migrations {
  let last: { readonly key: string; readonly migration: SimulatedMigration } | undefined;
  const anew = async (uri: string, procedure: Procedure): Promise<SimulatedMigration> => {
    const manifestPath = typeof uri === "string" ? pathOf(uri) : undefined;
    if (manifestPath === undefined)
      throw refusal("A migration is simulated by the URI of its crossflash.json.");
    const { readScenarios } = await loadSimulator();
    const place = { manifestPath, root: project.rootOf(manifestPath) };
    const migration = await readScenarios(place, procedure, project.savedFilesFor(uri));
    if (!migration.ok) throw refusal(migration.message);
    last = { key: `${procedure} ${uri}`, migration: migration.value };
    return migration.value;
  };
  return {
    anew,
    lastOf: async (uri, procedure) =>
      last?.key === `${procedure} ${uri}` ? last.migration : anew(uri, procedure),
  };
}

async function simulated(
  session: Session,
  read: Migrations,
  { uri, wish, partialResultToken, workDoneToken }: SimulateParams,
  token: CancellationToken,
): Promise<SimulationFinding | null> {
  if (!simulationWish(wish)) throw refusal("This is not what can be simulated.");
  const { simulateInTurns } = await loadSimulator();
  const migration = await read.anew(uri, wish.procedure);
  const progress = progressOf(session, workDoneToken);
  progress.begin();
  try {
    const found = await simulateInTurns(migration, wish, {
      isCancelled: () => token.isCancellationRequested,
      tell: (value, share) => {
        if (partialResultToken !== undefined) tell(session, partialResultToken, value);
        progress.report(share);
      },
    });
    if (found && !found.ok) throw refusal(found.message);
    return found?.value ?? null;
  } finally {
    progress.end();
  }
}

const tell = ({ connection }: Session, token: string | number, value: unknown): void =>
  void connection
    .sendNotification("$/progress", { token, value })
    // Who hung up is told nothing.
    .catch(() => {});

/** How far it is, for a client that wants to know. */
function progressOf(session: Session, token: string | number | undefined) {
  const say = (value: object): void => {
    if (token !== undefined) tell(session, token, value);
  };
  return {
    begin: () => say({ kind: "begin", title: "Simulating migration", cancellable: true, percentage: 0 }),
    report: (share: number) => say({ kind: "report", percentage: Math.floor(share * 100) }),
    end: () => say({ kind: "end" }),
  };
}
