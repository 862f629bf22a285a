import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { orderJsonSchema } from '../../src/emit/formats/order-schema.ts';

describe('order.schema.json', () => {
  it('is the schema of what is written, key for key', () => {
    const path = new URL('../../src/emit/formats/order.schema.json', import.meta.url);
    expect(stableJson(JSON.parse(readFileSync(path, 'utf8')))).toBe(stableJson(orderJsonSchema()));
  });
});
