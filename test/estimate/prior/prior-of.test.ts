import { describe, expect, it } from 'vitest';
import { priorOf } from '../../../src/estimate/prior/prior-of.ts';
import { featuresWith } from './features-with.ts';

describe('priorOf', () => {
  it('tells which of the sizes it knew', () => {
    const installed = { anyBytes: 1e6, allBytes: 0, downloadBytes: 3e5 };
    expect(priorOf(featuresWith({ upstreamBytes: 1e6, installed })).knows).toBe('all');
    expect(priorOf(featuresWith({ upstreamBytes: 1e6 })).knows).toBe('source');
    expect(priorOf(featuresWith({ installed })).knows).toBe('binaries');
    expect(priorOf(featuresWith({})).knows).toBe('counts');
  });
});
