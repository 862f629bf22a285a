import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { comparisonJsonSchema } from '../../src/compare/comparison-schema.ts';

describe('comparison.schema.json', () => {
  it('is the schema of what is printed, key for key', () => {
    const path = new URL('../../src/compare/comparison.schema.json', import.meta.url);
    expect(stableJson(JSON.parse(readFileSync(path, 'utf8')))).toBe(stableJson(comparisonJsonSchema()));
  });
});
