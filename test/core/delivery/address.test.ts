import { describe, expect, it } from "vitest";
import { addressText, belowToken, clashTexts, placeOf, strayTexts } from "../../../core/delivery/address";
import { chooseAddress, type LocalAddress, type WantedAddress } from "../../../core/delivery/interfaces";

describe("the address of an image in the manifest", () => {
  it.each([
    [undefined, "/micropython.bin", undefined],
    ["http://192.168.1.10:9000/micropython.bin", "/micropython.bin", "http://192.168.1.10:9000"],
    ["http://example.org/ota/mp-1.23.bin?x=1#y", "/ota/mp-1.23.bin", "http://example.org:80"],
    ["https://example.org", "/micropython.bin", "https://example.org:443"],
    ["HTTPS://[fe80::1]:8443/a%20b.bin", "/a%20b.bin", "https://[fe80::1]:8443"],
    ["http://user:secret@example.org/x.bin", "/micropython.bin", undefined],
  ])("%s", (url, path, planned) => {
    const place = placeOf("micropython", url);
    expect([place.path, place.planned && addressText(place.planned)]).toEqual([path, planned]);
  });

  it("is told where it is not the one that is served", () => {
    const image = { image: "micropython", ...placeOf("micropython", "http://10.0.0.1:9000/m.bin") } as const;
    const here = { isSecure: false, host: "10.0.0.1", port: 9000 };
    expect(strayTexts([image], here)).toEqual([]);
    for (const other of [{ isSecure: true }, { host: "10.0.0.2" }, { port: 9001 }])
      expect(strayTexts([image], { ...here, ...other })).toEqual([
        expect.stringContaining("http://10.0.0.1:9000/m.bin"),
      ]);
  });
});

describe("an address with a name", () => {
  const here = { isSecure: false, host: "10.0.0.1", port: 9000 };
  it.each([
    ["http://ota.example.com:9000/m.bin", here, "say --name ota.example.com where"],
    ["http://10.0.0.2:9000/m.bin", here, "Serve there, or correct"],
    ["https://ota.example.com:9000/m.bin", { ...here, host: "ota.example.com" }, "Serve there, or correct"],
  ])("%s may lead here", (url, actual, hint) => {
    const image = { image: "micropython", ...placeOf("micropython", url) } as const;
    expect(strayTexts([image], actual)).toEqual([expect.stringContaining(hint)]);
  });
});

describe("the paths of a server", () => {
  it("are different for all that stands there", () => {
    const clashes = (repartitioner: string, micropython: string) =>
      clashTexts([
        { image: "repartitioner", path: repartitioner },
        { image: "micropython", path: micropython },
      ]);
    expect(clashes("/repartitioner.bin", "/micropython.bin")).toEqual([]);
    expect(clashes("/fw/report", "/micropython.bin")).toEqual([]);
    expect(clashes("/fw.bin", "/fw.bin")).toEqual([expect.stringContaining("both end in /fw.bin")]);
    expect(clashes("/report", "/m.bin")).toEqual([expect.stringContaining("ends in /report")]);
    expect(clashes("/report", "/fw/m.bin")).toEqual([expect.stringContaining("ends in /report")]);
    expect(clashes("/fw/report", "/fw/m.bin")).toEqual([expect.stringContaining("ends in /fw/report")]);
    expect(clashes("/r.bin", "/fw/report")).toEqual([expect.stringContaining("ends in /fw/report")]);
  });

  it("have a token once, also where the manifest has it in its addresses", () => {
    const place = (path: string) => ({ path, planned: undefined });
    const places = [place("/secret/a.bin"), place("/b.bin"), place("/secretary.bin")];
    const paths = (token: string | undefined) => belowToken(places, token).map(({ path }) => path);
    expect(paths("secret")).toEqual(["/a.bin", "/b.bin", "/secretary.bin"]);
    expect(paths(undefined)).toEqual(["/secret/a.bin", "/b.bin", "/secretary.bin"]);
  });
});

describe("the address that devices reach", () => {
  const at = (name: string, address: string, isInternal = false): LocalAddress => ({
    name,
    address,
    isInternal,
  });
  const lo = at("lo", "127.0.0.1", true);
  const lan = at("eth0", "192.168.1.10");
  const wifi = at("wlan0", "192.168.4.2");
  const docker = at("docker0", "172.17.0.1");
  const tunnel = at("tailscale0", "100.64.0.1");
  const six = at("eth0", "2001:db8::1");
  const lost = at("eth1", "169.254.7.7");
  const all = [lo, docker, tunnel, six, lan, wifi, lost];

  it.each<
    [
      what: string,
      from: readonly LocalAddress[],
      wanted: Partial<WantedAddress>,
      found: readonly LocalAddress[],
    ]
  >([
    ["the only one there is", [lo, lan, docker, six], {}, [lan]],
    ["one to choose", all, {}, [lan, wifi]],
    ["the one that the manifest names", all, { planned: ["192.168.4.2"] }, [wifi]],
    ["itself where the manifest names it, to try", all, { planned: ["127.0.0.1"] }, [lo]],
    ["none of another machine", all, { planned: ["10.9.9.9"] }, [lan, wifi]],
    ["the one of an interface", all, { name: "docker0" }, [docker]],
    ["IPv4 of an interface with both", all, { name: "eth0" }, [lan]],
    ["the one that is said, whatever it is", all, { address: "127.0.0.1" }, [lo]],
    ["none where it is not there", all, { address: "1.2.3.4" }, []],
    ["none of an interface that is not there", all, { name: "eth9" }, []],
    ["what there is where there is nothing better", [lo, docker, tunnel], {}, [docker, tunnel]],
    ["itself where there is no network", [lo], {}, [lo]],
  ])("%s", (_, from, wanted, found) => {
    expect(chooseAddress(from, { planned: [], ...wanted })).toEqual(found);
  });
});
