import { startServer } from "../server";
import { nodeLife } from "./life";
import { nodeRuntime } from "./runtime";
import { transportFor } from "./transport";

const [reader, writer] = transportFor(process.argv.slice(2));
startServer(reader, writer, nodeRuntime, nodeLife);
