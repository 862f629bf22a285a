import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { journalJsonSchema } from '../../src/journal/event-schema.ts';
import { runJsonSchema } from '../../src/journal/run-schema.ts';

describe('the published schemas of runs', () => {
  it.each([
    ['journal.schema.json', journalJsonSchema()],
    ['run.schema.json', runJsonSchema()],
  ])('%s is the schema of what is written, key for key', (name, schema) => {
    const path = new URL(`../../src/journal/${name}`, import.meta.url);
    expect(stableJson(JSON.parse(readFileSync(path, 'utf8')))).toBe(stableJson(schema));
  });
});
