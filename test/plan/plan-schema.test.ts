import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { planJsonSchema } from '../../src/plan/schema.ts';

describe('plan.schema.json', () => {
  it('is the schema that plans are checked against, key for key', () => {
    const published = readFileSync(new URL('../../src/plan/plan.schema.json', import.meta.url), 'utf8');
    expect(stableJson(JSON.parse(published))).toBe(stableJson(planJsonSchema()));
  });
  it('refuses what it does not know, everywhere', () => {
    const open: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const fields = new Map(Object.entries(value));
      if (fields.get('type') === 'object' && fields.get('additionalProperties') !== false) open.push(path);
      for (const [key, child] of fields) visit(child, `${path}/${key}`);
    };
    visit(planJsonSchema(), '');
    expect(open).toEqual([]);
  });
});
