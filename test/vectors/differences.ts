/**
 * Where Crossflash differs from `gen_esp32part.py` on purpose, by case of the corpus, with the reason.
 * The corpus test asserts that each of them really differs: a difference that is gone fails too.
 */
export const deliberateDifferences: Readonly<Record<string, string>> = {};
