import type { Of, Shape } from "./shape";

/** A message with its name, as it crosses the boundary between a page and its host. */
export type Message<Params> = {
  readonly [N in keyof Params]: { readonly name: N; readonly params: Params[N] };
}[keyof Params];

/** The shapes of what a page may ask, by name. */
export type Shapes = Readonly<Record<string, Shape<object>>>;
export type ParamsOf<S extends Shapes> = { readonly [N in keyof S]: Of<S[N]> };

/** The message, if it is one of these: `undefined` for anything that the page could not have meant. */
export function readMessage<S extends Shapes>(shapes: S, value: unknown): Message<ParamsOf<S>> | undefined {
  if (typeof value !== "object" || value === null || !("name" in value) || !("params" in value))
    return undefined;
  const { name, params } = value;
  if (typeof name !== "string" || !Object.hasOwn(shapes, name)) return undefined;
  return shapes[name]?.(params) ? ({ name, params } as Message<ParamsOf<S>>) : undefined;
}
