import { findProgram, run, step } from "./run.mjs";

/** The browser the editor tests drive, if this machine has one. */
export const findChromium = () =>
  findProgram("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

/** On Debian as root: the packages the editor tests are missing. Anywhere else nothing is touched. */
export async function installTestPackages() {
  const programs = ["curl", "g++", "make", "python3"].filter((program) => !findProgram(program));
  const missing = findChromium() ? programs : ["chromium", ...programs];
  if (missing.length === 0 || process.getuid?.() !== 0 || !findProgram("apt-get")) return;
  await step(`Installing ${missing.join(", ")} with apt (once)`, () => aptInstall(missing)).catch((error) =>
    console.error(error.message),
  );
}

async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env });
  await run("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env });
}
