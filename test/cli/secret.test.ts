import { describe, expect, it } from "vitest";
import { askSecret } from "../../cli/fleet/secret";

/** What comes of a secret that is typed like this, and what is to be seen of it. */
async function typed(keys: readonly string[], watched = true) {
  let shown = "";
  let isHeard = true;
  const secret = await askSecret("Password: ", {
    isWatched: () => watched,
    err: (text) => {
      shown += text;
    },
    keys: (hear, until) => {
      until.addEventListener("abort", () => {
        isHeard = false;
      });
      for (const key of keys) hear(key);
    },
  });
  return { secret, shown, isHeard };
}

describe("a secret", () => {
  it.each([
    [["geheim\r"], "geheim"],
    [["g", "e", "x\u007f", "h\n"], "geh"],
    [["\r"], ""],
    [["abc\u0003"], undefined],
    [["\u0004"], undefined],
  ])("that is typed as %j is %j, and shown nowhere", async (keys, secret) => {
    expect(await typed(keys)).toEqual({ secret, shown: "Password: \n", isHeard: false });
  });

  it("is not asked for where nobody sits", async () => {
    expect(await typed(["a\r"], false)).toEqual({ secret: undefined, shown: "", isHeard: true });
  });
});
