export { type BackUpOptions, backUp, isFinished } from "./backUp";
export { readBackup, type StoredBackup } from "./readBackup";
export type { NamedRange } from "./regionFiles";
