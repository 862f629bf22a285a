/**
 * JSON whose bytes depend on the value alone: two spaces, keys in the order in which the code lists them (records are
 * built in one place each, so that order is fixed), one final newline. Maps are refused: turn them into sorted arrays.
 * @example
 * stableJson({ slots: 8 }); // → '{\n  "slots": 8\n}\n'
 */
export function stableJson(value: unknown): string {
  refuseMaps('', value);
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** By itself: a function that `JSON.stringify` calls for each value made it four times as slow. */
function refuseMaps(key: string, value: unknown): void {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`BUG: '${key}' is ${String(value)}`);
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Map || value instanceof Set) throw new Error(`BUG: '${key}' is a Map or Set`);
  for (const [name, own] of Object.entries(value)) refuseMaps(name, own);
}
