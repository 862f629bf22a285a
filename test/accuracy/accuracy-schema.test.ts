import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { accuracyJsonSchema } from '../../src/accuracy/accuracy-schema.ts';

describe('accuracy.schema.json', () => {
  it('is the schema of what is printed, key for key', () => {
    const path = new URL('../../src/accuracy/accuracy.schema.json', import.meta.url);
    expect(stableJson(JSON.parse(readFileSync(path, 'utf8')))).toBe(stableJson(accuracyJsonSchema()));
  });
});
