/**
 * Checks of what comes from the other side of a boundary: a shape says whether any value is one of its own. It looks at
 * the fields that it names and no others, never calls anything of the value and never throws.
 */
export type Shape<T> = (value: unknown) => value is T;

/** What a shape accepts. */
export type Of<S> = S extends Shape<infer T> ? T : never;

export const text =
  (longest: number): Shape<string> =>
  (value): value is string =>
    typeof value === "string" && value.length <= longest;

/** A whole number from `least` to `most`, both included. */
export const whole =
  (least: number, most: number): Shape<number> =>
  (value): value is number =>
    typeof value === "number" && Number.isInteger(value) && least <= value && value <= most;

export const oneOf =
  <const T extends string | null>(...values: readonly T[]): Shape<T> =>
  (value): value is T =>
    (values as readonly unknown[]).includes(value);

export const either =
  <A, B>(a: Shape<A>, b: Shape<B>): Shape<A | B> =>
  (value): value is A | B =>
    a(value) || b(value);

export const optional =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || shape(value);

export const listOf =
  <T>(shape: Shape<T>, most: number): Shape<readonly T[]> =>
  (value): value is readonly T[] =>
    // Array.from, because `every` passes over holes.
    Array.isArray(value) && value.length <= most && Array.from<unknown>(value).every(shape);

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Struct<F extends Fields> = { readonly [K in keyof F]: Of<F[K]> };

/** An object whose own fields have these shapes; what else it holds is nobody's business. */
export const struct =
  <F extends Fields>(fields: F): Shape<Struct<F>> =>
  (value): value is Struct<F> =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(fields).every(([name, shape]) =>
      shape(Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined),
    );
