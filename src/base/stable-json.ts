/**
 * JSON whose bytes depend on the value alone: two spaces, keys in the order in which the code lists them (records are
 * built in one place each, so that order is fixed), one final newline. Maps are refused: turn them into sorted arrays.
 * @example
 * stableJson({ slots: 8 }); // → '{\n  "slots": 8\n}\n'
 */
export function stableJson(value: unknown): string {
  return `${JSON.stringify(value, refuseMaps, 2)}\n`;
}

function refuseMaps(key: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) throw new Error(`BUG: '${key}' is a Map or Set`);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`BUG: '${key}' is ${String(value)}`);
  return value;
}
