import { hex, sizeText } from "../text/units";
import { type BoardIdentity, boardName, type PresentBoard, type Protection } from "./board";
import { type FlashJob, rangeOf, regionsFault } from "./job";
import { checkBootloader, checkImages } from "./preflightImages";
import { checkStart } from "./preflightStart";
import { checkTable } from "./preflightTable";
import { type JobCheck, type JobProblem, jobProblem, problemIf } from "./problem";
import { rangeEnd, rangeText } from "./range";

/**
 * What is wrong with doing this job to this board, the worst first. With an error among them nothing may be written. What
 * is known of the board's flash sharpens the answer; what is not known is not held against it.
 */
export function preflight(job: FlashJob, board: BoardIdentity, present: PresentBoard = {}): JobProblem[] {
  const weights = { error: 0, warning: 1, information: 2 } as const;
  return checks
    .flatMap((check) => check({ job, board, present }))
    .sort((a, b) => weights[a.severity] - weights[b.severity]);
}

/** Whether nothing may be written. */
export const stops = (problems: readonly JobProblem[]): boolean =>
  problems.some(({ severity }) => severity === "error");

/** The last gate before flash is touched: jobs are values, and a value may come from anywhere. */
const checkRegions: JobCheck = ({ job }) => {
  const fault = regionsFault(job.regions);
  return fault ? [jobProblem("regions", "error", fault.message, fault.at)] : [];
};

const checkChip: JobCheck = ({ job: { chip }, board }) =>
  chip === undefined || chip.id === board.chip.id
    ? []
    : [
        jobProblem(
          "wrong-chip",
          "error",
          `The board is ${boardName(board)}, but this is for ${chip.name}. Connect another board, or choose files for ${board.chip.name}.`,
        ),
      ];

const checkFlashSize: JobCheck = ({ job, board: { flashSize } }) => {
  if (flashSize === undefined) {
    const message =
      "The size of the board's flash could not be read, so it is not known whether everything fits. State the flash size.";
    return [jobProblem("flash-size-unknown", "error", message)];
  }
  return job.regions
    .filter((region) => rangeEnd(rangeOf(region)) > flashSize)
    .map((region) => {
      const message = `'${region.name}' lies at ${rangeText(rangeOf(region))}, but the board's flash ends at ${hex(flashSize)} (${sizeText(flashSize)}). Choose a layout for this flash size, or a board with more flash.`;
      return jobProblem("flash-too-small", "error", message, region.address);
    });
};

const checkRoom: JobCheck = ({ job }) =>
  job.regions.flatMap((region) => {
    const { room } = region;
    const { address, size } = rangeOf(region);
    if (room === undefined || size <= room) return [];
    const message = `${size} bytes do not fit '${region.name}' at ${hex(address)}, which has ${room}: ${size - room} too many. Choose a smaller file, or a layout with more room.`;
    return [jobProblem("too-large", "error", message, address)];
  });

const checkSecurity: JobCheck = ({ board: { security } }) => [
  ...checkProtection(
    security.flashEncryption,
    "flash-encryption",
    "Flash encryption is on, so the board would read what is written here as noise and never start again. Use a board without flash encryption.",
  ),
  ...checkProtection(
    security.secureBoot,
    "secure-boot",
    "Secure Boot is on, so the board starts only what was signed with its own key. Use a board without Secure Boot.",
  ),
  ...problemIf(Object.values(security).includes("unknown"), () =>
    jobProblem(
      "security-unknown",
      "warning",
      "The board did not say whether flash encryption or Secure Boot is on. On such a board this job ends in one that does not start. Go on only with a board that you know.",
    ),
  ),
];

const checkProtection = (
  protection: Protection,
  id: "flash-encryption" | "secure-boot",
  message: string,
): readonly JobProblem[] => problemIf(protection === "on", () => jobProblem(id, "error", message));

const checkOrigin: JobCheck = ({ job: { backupOf }, board }) =>
  problemIf(backupOf !== undefined && backupOf.toLowerCase() !== board.mac.toLowerCase(), () =>
    jobProblem(
      "other-board",
      "warning",
      `The backup is of the board ${backupOf}, but this is ${board.mac}. Calibration, names and keys of the other board come with it.`,
    ),
  );

const checks: readonly JobCheck[] = [
  checkRegions,
  checkChip,
  checkFlashSize,
  checkSecurity,
  checkRoom,
  checkBootloader,
  checkImages,
  checkTable,
  checkStart,
  checkOrigin,
];
