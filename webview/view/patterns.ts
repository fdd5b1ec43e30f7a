import { svg } from "lit-html";
import { faultTiles, roleTiles, TILE } from "../../core/picture/tiles";

/** Each role has a pattern as well as a colour. The page and exported pictures use the same shapes. */
export const patterns = svg`<defs>
  ${Object.entries(roleTiles).map(([role, lines]) => pattern(`pattern-${role}`, lines))}
  ${pattern("hatch", faultTiles.overlap)} ${pattern("beyond", faultTiles.beyond)}
</defs>`;

function pattern(id: string, lines: string) {
  return svg`<pattern id=${id} width=${TILE} height=${TILE} patternUnits="userSpaceOnUse"><path d=${lines} /></pattern>`;
}
