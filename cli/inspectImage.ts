/** A bundle of its own: most checks have no image to look into, and this is a third of all the code of a check. */
export { inspectImage } from "../core/image/inspect";
