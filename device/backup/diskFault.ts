import { reasonOf } from "../../core/text/reason";
import { BoardFault } from "../flasher/fault";

/** Does something with a file or folder; what the system refuses becomes a sentence with the path. */
export async function onDisk<T>(verb: "read" | "write", path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BoardFault("refused", `Cannot ${verb} '${path}': ${reasonOf(error)}.`);
  }
}
