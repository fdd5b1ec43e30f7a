import type { Life } from "../runtime";

/** How often to look for the client's process, in milliseconds. */
const interval = 3000;

export const nodeLife: Life = {
  exit: (code) => process.exit(code),
  endWith(processId) {
    // Unreferenced, so that this alone keeps no server alive.
    setInterval(() => isGone(processId) && process.exit(1), interval).unref();
  },
};

/** Any other failure, such as a missing permission, tells that there is one. */
function isGone(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
