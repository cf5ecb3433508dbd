declare const brandKey: unique symbol;

/**
 * A value of `Base` that only a checked constructor can make. The brand exists for the type checker alone and
 * costs nothing at run time; the constructor is the one place where `as` is allowed.
 */
export type Brand<Base, Name extends string> = Base & { readonly [brandKey]: Name };
