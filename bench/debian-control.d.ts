/** The part of `debian-control` 1.0.0 that tests and benches compare with; the package has no types. */
declare module 'debian-control' {
  /** Reads one paragraph: a field's value, or its trimmed lines when it has several. */
  export function parse(text: string): Readonly<Record<string, string | readonly string[]>>;
}
