import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { benchJsonSchema } from '../../src/benchmark/bench-schema.ts';

describe('bench.schema.json', () => {
  it('is the schema of what is printed, key for key', () => {
    const path = new URL('../../src/benchmark/bench.schema.json', import.meta.url);
    expect(stableJson(JSON.parse(readFileSync(path, 'utf8')))).toBe(stableJson(benchJsonSchema()));
  });
});
