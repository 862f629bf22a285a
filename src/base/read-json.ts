import { findJsonFault, placeInJson, type TextPlace } from './json-place.ts';

/** What a value has to be: a zod schema is one. */
export interface JsonSchema<T> {
  readonly safeParse: (value: unknown) =>
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

/** The value of a JSON text; or what is wrong with it, and where. */
export type ReadJson<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'fault'; readonly problem: string; readonly place: TextPlace };

/**
 * Reads a JSON text of a known form, with or without a byte order mark.
 * @param what the document is called where the whole of it is wrong
 */
export function readJson<T>(marked: string, schema: JsonSchema<T>, what: string): ReadJson<T> {
  const text = withoutMark(marked);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const fault = findJsonFault(text);
    if (fault === undefined) throw error;
    const { line, column, problem } = fault;
    return { kind: 'fault', problem: `this is no JSON: ${problem}`, place: { line, column } };
  }
  const result = schema.safeParse(value);
  if (result.success) return { kind: 'value', value: result.data };
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const name = path.length === 0 ? what : path.map(String).join('.');
  const problem = `${name}: ${issue?.message ?? 'does not fit the schema'}`;
  return { kind: 'fault', problem, place: placeInJson(text, path) };
}

/** Without the byte order mark that some programs begin UTF-8 with, and `JSON.parse` refuses. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
