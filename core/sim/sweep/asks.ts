import type { AppContext, DeviceSetup, DeviceState } from "../device";
import type { Program } from "../effect";
import { lifeFrom } from "./lifeRun";

/** So many waits in a row without a try to connect or a request: then there will be none any more. */
const SILENCE = 20;

/** Whether a life that starts so still tries to reach the server when nothing else happens any more. */
export function asksServer(setup: DeviceSetup, state: DeviceState): boolean {
  let silence = SILENCE;
  const heard = (asks: boolean): void => {
    silence = asks ? 0 : silence + 1;
  };
  const listen = (program: (context: AppContext) => Program) => (context: AppContext) =>
    listened(program(context), heard);
  const { firmware, repartitioner, micropython } = setup.programs;
  const programs = {
    firmware: listen(firmware),
    repartitioner: listen(repartitioner),
    micropython: listen(micropython),
  };
  lifeFrom({ ...setup, programs }, state, { log: false });
  return silence < SILENCE;
}

/** The program as it is, heard at each try to reach the server and at each wait. */
function* listened(program: Program, heard: (asks: boolean) => void): Program {
  let step = program.next();
  while (!step.done) {
    const { kind } = step.value;
    if (kind === "connect" || kind === "fetch-open") heard(true);
    if (kind === "wait") heard(false);
    step = program.next(yield step.value);
  }
}
