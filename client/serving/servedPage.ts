import { imageTitle, imageTitles } from "../../core/delivery/events";
import { bytesText } from "../../core/migrate/bytesText";
import { escaped } from "../editor/page";
import type { Served } from "./serving";

/** The page with the addresses; the code of the first image, which is what devices fetch first. */
export function servedPage({ server, images, authority }: Served, qrSvg: (text: string) => string): string {
  const [first] = images;
  const code = first
    ? `<figure role="img" aria-label="QR code of the address of ${escaped(imageTitle[first.image])}">${qrSvg(server.urlOf(first))}<figcaption>QR code of the address of ${escaped(imageTitle[first.image])}</figcaption></figure>`
    : "";
  const rows = images.map(
    (image) =>
      `<dt>${imageTitles[image.image]}</dt><dd><code>${escaped(server.urlOf(image))}</code><br>${escaped(image.name)}, ${bytesText(image.bytes.length)}<br>SHA-256 <code>${image.sha256}</code></dd>`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>OTA Images</title>
</head>
<body>
<h1>OTA images</h1>
<p>Devices that reach this machine fetch the images here, and nothing else is served.</p>
<dl>
${rows.join("\n")}
<dt>Reports of steps</dt><dd><code>${escaped(server.reportUrl)}</code></dd>
</dl>
${code}
${authority === undefined ? "" : certificateOf(authority)}
</body>
</html>
`;
}

const certificateOf = (authority: string): string =>
  `<h2>The certificate that devices have to know</h2>
<p>Put it into <code>main/server.pem</code> of the repartitioner before you build it.</p>
<pre>${escaped(authority)}</pre>`;
