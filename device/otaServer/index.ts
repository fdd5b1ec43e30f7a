/** The bundle that the editor and the command line load when somebody serves. */
export { localAddresses } from "./addresses";
export { givenCertificate } from "./certificate";
export { type DeviceStore, deviceStore } from "./deviceStore";
export { defaultLimits } from "./limits";
export { type OtaServer, startOtaServer } from "./otaServer";
export { ownCertificate } from "./ownCertificate";
export { qrLines, qrSvg } from "./qrCode";
export { newToken } from "./site";
