import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { RECORD_FIELDS } from '../../src/history/format-record.ts';
import { buildJsonSchema } from '../../src/history/history-schema.ts';

describe('build.schema.json', () => {
  it('is the schema of what is written, key for key', () => {
    const path = new URL('../../src/history/build.schema.json', import.meta.url);
    expect(stableJson(JSON.parse(readFileSync(path, 'utf8')))).toBe(stableJson(buildJsonSchema()));
  });

  it('names every field of a line', () => {
    const schema = buildJsonSchema();
    const properties = 'properties' in schema ? schema.properties : undefined;
    expect(Object.keys(properties ?? {}).sort()).toEqual([...RECORD_FIELDS].sort());
  });
});
