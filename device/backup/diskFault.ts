import { codeOf, reasonOf } from "../../core/text/reason";
import { BoardFault } from "../flasher/fault";

/** Does something with a file or folder; what the system refuses becomes a sentence with the path. */
export async function onDisk<T>(verb: "read" | "write", path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BoardFault("refused", `Cannot ${verb} '${path}': ${whyOf(error)}.`);
  }
}

/** Only a folder that is to be made can be in the way of itself. */
const whyOf = (error: unknown): string =>
  codeOf(error) === "EEXIST" ? "it is a file, not a folder" : reasonOf(error);
