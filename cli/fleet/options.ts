import { MOST_DEVICES } from "../../core/fleet/canary";
import { success } from "../../core/result";
import { oneOf, refused } from "../options";

/** The options of commands on fleets. */

export const devices = (help: string) =>
  oneOf("N", help, (given) => {
    const count = /^\d{1,7}$/.test(given) ? Number(given) : 0;
    return count >= 1 && count <= MOST_DEVICES
      ? success(count)
      : refused(`must be a number of devices from 1 to ${MOST_DEVICES}, not '${given}'`);
  });

export const rate = (help: string) =>
  oneOf("PER_DAY", help, (given) =>
    /^\d{1,6}(\.\d{1,9})?$/.test(given)
      ? success(Number(given))
      : refused(`must be a number of cuts a day such as 0.1, not '${given}'`),
  );

/** A share in per cent. */
export const partOf = (least: number, most: number, help: string) =>
  oneOf("PERCENT", help, (given) => {
    const percent = /^\d{1,2}(\.\d{1,4})?%?$/.test(given) ? Number.parseFloat(given) : -1;
    return percent >= least && percent <= most
      ? success(percent / 100)
      : refused(`must be a number from ${least} to ${most}, in per cent, not '${given}'`);
  });
