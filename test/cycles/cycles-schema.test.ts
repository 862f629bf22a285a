import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { cyclesJsonSchema, cyclesSchema } from '../../src/cycles/cycles-schema.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

describe('cycles.schema.json', () => {
  it('is the schema that documents are held against, key for key', () => {
    expect(stableJson(read('src/cycles/cycles.schema.json'))).toBe(stableJson(cyclesJsonSchema()));
  });

  it('takes what the program prints, and nothing that it does not know', () => {
    const printed = cyclesSchema.parse(read('fixtures/cases/cycles/expected/json/stdout'));
    const breaks = printed.components.flatMap((component) => component.breaks);
    expect(new Set(breaks.map(({ strategy }) => strategy))).toEqual(new Set(['none', 'existing-binary']));
    expect(breaks.some(({ alternatives }) => alternatives.length > 0)).toBe(true);
    expect(cyclesSchema.safeParse({ ...printed, more: 1 }).success).toBe(false);
  });
});
