/** The bundle that speaks to fleet servers; it knows no boards, so that it is loaded without what talks to them. */
export { httpClient } from "./http";
export { publish } from "./publish";
export { serverAddress } from "./serverAddress";
