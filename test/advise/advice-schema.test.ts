import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adviceJsonSchema } from '../../src/advise/advice-schema.ts';
import { stableJson } from '../../src/base/stable-json.ts';

describe('advice.schema.json', () => {
  it('is the schema of what advise --json prints, key for key', () => {
    const published = readFileSync(new URL('../../src/advise/advice.schema.json', import.meta.url), 'utf8');
    expect(stableJson(JSON.parse(published))).toBe(stableJson(adviceJsonSchema()));
  });
});
