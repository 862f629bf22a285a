declare const brand: unique symbol;

/** A `T` that only the function which makes it hands out: ids of different things can't be mixed up. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
