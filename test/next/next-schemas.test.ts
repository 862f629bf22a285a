import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { nextJsonSchema } from '../../src/next/next-schema.ts';
import { stateJsonSchema } from '../../src/next/state-schema.ts';

describe.each([
  ['next.schema.json', nextJsonSchema],
  ['state.schema.json', stateJsonSchema],
])('%s', (name, schema) => {
  it('is the schema of what is read or printed, key for key', () => {
    const path = new URL(`../../src/next/${name}`, import.meta.url);
    expect(stableJson(JSON.parse(readFileSync(path, 'utf8')))).toBe(stableJson(schema()));
  });
});
