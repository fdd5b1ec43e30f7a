import { readFile, stat } from "node:fs/promises";
import { userInfo } from "node:os";

/** What decides who may open a device file. */
export interface DeviceRights {
  readonly path: string;
  /** Of the group that owns the file; undefined where it has no name. */
  readonly group: string | undefined;
  /** Whether the group may read and write. */
  readonly groupMay: boolean;
  readonly user: string;
  /** Whether the user is in the group by `/etc/group`; a session that began before does not know it yet. */
  readonly isMember: boolean;
  /** Four hex digits. */
  readonly vendorId: string | undefined;
}

/** Sentences that say what right is missing and which command gives it. */
export const missingRight = async (path: string, vendorId: string | undefined): Promise<string> => {
  if (process.platform !== "linux") return `You may not open ${path}. Ask the owner of this machine.`;
  return rightsText(await deviceRights(path, vendorId));
};

export const rightsText = ({ path, group, groupMay, user, isMember, vendorId }: DeviceRights): string => {
  if (group === undefined || group === "root" || !groupMay)
    return `You may not open ${path}. ${udevAdvice(vendorId)}`;
  if (isMember)
    return `You may not open ${path} yet: you have joined its group ${group}, but this session began before. Log out and in again.`;
  return `You may not open ${path}: it belongs to the group ${group}, and you are not in it. Run 'sudo usermod -aG ${group} ${user}', then log out and in again.`;
};

const udevAdvice = (vendorId: string | undefined): string =>
  vendorId === undefined
    ? "Only the administrator may: a udev rule gives it to you."
    : `Write this udev rule into /etc/udev/rules.d/60-esp32.rules: SUBSYSTEM=="tty", ATTRS{idVendor}=="${vendorId}", TAG+="uaccess". Then run 'sudo udevadm control --reload-rules && sudo udevadm trigger'.`;

const GROUP_READ_AND_WRITE = 0o060;

const deviceRights = async (path: string, vendorId: string | undefined): Promise<DeviceRights> => {
  const file = await stat(path).catch(() => undefined);
  const groups = await readFile("/etc/group", "utf8").catch(() => "");
  const user = userInfo().username;
  const [group, , , members = ""] =
    groups
      .split("\n")
      .map((line) => line.split(":"))
      .find(([, , id]) => id === `${file?.gid}`) ?? [];
  return {
    path,
    group,
    groupMay: ((file?.mode ?? 0) & GROUP_READ_AND_WRITE) === GROUP_READ_AND_WRITE,
    user,
    isMember: members.split(",").includes(user),
    vendorId,
  };
};
