import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { checkJsonSchema, checkSchema } from '../../src/resolve/check-schema.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

describe('check.schema.json', () => {
  it('is the schema that checks are held against, key for key', () => {
    expect(stableJson(read('src/resolve/check.schema.json'))).toBe(stableJson(checkJsonSchema()));
  });

  it('takes what the program prints, and nothing that it does not know', () => {
    const printed = read('fixtures/cases/cannot-be-built/expected/json/stdout');
    const { targets } = checkSchema.parse(printed);
    const kinds = targets.flatMap((target) => target.unbuildable.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['missing', 'conflict']));
    expect(checkSchema.safeParse({ schema: 'debplan/check@1', targets, more: 1 }).success).toBe(false);
  });
});
