import { checkedFilter } from "../../core/fleet/hawkbit/filter";
import { success } from "../../core/result";
import { format } from "../board/options";
import { reported } from "../board/reporter";
import { defineCommand } from "../command";
import { credentialVariables } from "../fleet/credentials";
import { bundleIn, publicationOf, publishBundle } from "../fleet/publishing";
import { choice, flag, oneOf, refused, text } from "../options";

const { token, user, password } = credentialVariables;

const rsql = (help: string) =>
  oneOf("RSQL", help, (given) => {
    const checked = checkedFilter(given);
    return checked.ok ? checked : refused(`cannot be used: ${checked.message}`);
  });

const key = (fallback: string, help: string) =>
  oneOf("KEY", `${help}; ${fallback} unless told otherwise.`, (given) =>
    /^[\w.-]{1,64}$/.test(given)
      ? success(given)
      : refused(`must be a key such as ${fallback}, not '${given}'`),
  );

export default defineCommand({
  name: "publish",
  summary: "Publish a release folder to a fleet server.",
  description: `Takes a folder of 'crossflash bundle', verifies every file of it by its SHA-256, and publishes it to Eclipse hawkBit through its Management API: a software module with its image and a distribution set for each of the two stages, a target filter that finds the devices whose table is verified, an automatic assignment of the second stage behind it, and a rollout of the first stage in groups with thresholds of errors. The rollout is created, not started: that is done in hawkBit, by somebody who has read it.\n\nEverything is looked for before anything is created. What is there already is left as it is, so that the command can be given again after any fault; where something of the same name is something else, nothing is published.\n\nUser and password come from ${user} and ${password} in the environment, or are asked for; ${token} is a token in their place. They are written nowhere.`,
  operand: { value: "FOLDER" },
  options: {
    to: choice(["hawkbit"], "The kind of the server; hawkbit unless told otherwise."),
    url: text("URL", "The address of the server, such as https://hawkbit.example.com."),
    tenant: text("TENANT", "Publishes only where this is the tenant of the user."),
    filter: rsql("The devices of the fleet, as hawkBit's filters have it; controllerId==* stands for all."),
    canary: rsql(
      "The devices of the canary among them, as many as the canary has. Without it hawkBit takes any.",
    ),
    "stage-1-closed-by": choice(
      ["firmware", "relay"],
      "Who closes the action of the first stage. firmware, the default: the firmware of today, when it has installed the repartitioner; the rollout then pauses after every group. relay: only a verified table does; the rollout pauses after the canary and goes on by itself from there.",
    ),
    "module-type": key("os", "The type that the software modules get"),
    "set-type": key("os", "The type that the distribution sets get"),
    "allow-http": flag("Send the password to another machine although nothing is encrypted."),
    "dry-run": flag("Print the requests as JSON and send nothing. No server and no password are needed."),
    yes: flag("Do not ask.", "y"),
    format,
  },
  run: ({ files: [folder = "."], options }, io) =>
    reported(io, options["dry-run"] ? "json" : options.format, async (reporter) => {
      const bundle = await bundleIn(folder, io);
      const publication = publicationOf(bundle, options);
      if (options["dry-run"]) {
        reporter.add({ ...publication });
        return 0;
      }
      await publishBundle(bundle, publication, options, reporter, io);
      return 0;
    }),
});
