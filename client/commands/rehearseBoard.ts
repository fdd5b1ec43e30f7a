import * as vscode from "vscode";
import { migrationReport } from "../../core/migrate/report/report";
import { rehearsalReport } from "../../core/rehearsal/report";
import { commands } from "../../protocol/commands";
import { chooseManifest } from "../migration/chooseManifest";
import { askCuts, askRoute, rehearsalOf } from "../rehearsal/askRehearsal";
import { saveRehearsal, showReport } from "../rehearsal/rehearsalPanel";
import { rehearsalPlace } from "../rehearsal/rehearsalServer";
import { rehearseOn, simulateShown } from "../rehearsal/rehearseOn";
import { loadRehearsing } from "../rehearsing";
import type { Command } from "./command";

const SAVE = "Save Report…";

/** Takes a board from the state of the devices in the field to MicroPython, and shows a report to sign. */
export const rehearseBoard: Command = {
  id: commands.rehearseBoard,
  needsTrust: true,
  async run({ boards, plans, version }, argument) {
    const manifest = await chooseManifest(argument, "Rehearse Which Migration?", plans.inFront()?.manifest);
    if (!manifest) return;
    const path = await boards.chooseOne("Rehearse on Which Board?", argument);
    if (path === undefined) return;
    const rehearsing = await loadRehearsing();
    const isVirtual = boards.lab.at(path)?.port.kind === "virtual";
    const rehearsal = await rehearsalOf(manifest, isVirtual);
    const route = await askRoute(rehearsal);
    const cuts = route && (await askCuts(route));
    const place = cuts && (await rehearsalPlace(rehearsal, isVirtual));
    if (!route || !cuts || !place) return;
    const begunAt = new Date().toISOString();
    const simulation = await simulateShown(boards, rehearsal, rehearsing);
    const done = await rehearseOn(path, boards, { rehearsal, start: route.start, cuts, place }, rehearsing);
    // What runs there now is seen in the view; where it cannot be read, the report has it all the same.
    await boards.lab.identify(path).catch(() => undefined);
    const report = rehearsalReport({
      ...done,
      simulation,
      migration: migrationReport({ ...rehearsal.migration, toolVersion: version }),
      begunAt,
      endedAt: new Date().toISOString(),
      toolVersion: version,
    });
    showReport(report);
    const { isPassed, reasons } = report.result;
    const chosen = isPassed
      ? await vscode.window.showInformationMessage(
          "The rehearsal has passed: the board runs MicroPython.",
          SAVE,
        )
      : await vscode.window.showErrorMessage(`The rehearsal has not passed. ${reasons[0] ?? ""}`, SAVE);
    if (chosen === SAVE) await saveRehearsal(report, manifest);
  },
};
