/** The parts of node-forge that certificates need; all of it would be twice as large. */
declare module "node-forge/lib/pki.js" {
  import type { pki } from "node-forge";

  const certificates: typeof pki;
  export default certificates;
}

declare module "node-forge/lib/sha256.js" {
  import type { md } from "node-forge";

  const sha256: typeof md.sha256;
  export default sha256;
}
