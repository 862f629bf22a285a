import { describe, expect, it } from 'vitest';
import { priorOf } from '../../../src/estimate/prior/prior-of.ts';
import { featuresWith } from './features-with.ts';

const installed = { anyBytes: 1e6, allBytes: 0, downloadBytes: 3e5, hasCxx: false };

describe('priorOf', () => {
  it('tells which of the sizes it knew', () => {
    expect(priorOf(featuresWith({ upstreamBytes: 1e6, installed })).knows).toBe('all');
    expect(priorOf(featuresWith({ upstreamBytes: 1e6 })).knows).toBe('source');
    expect(priorOf(featuresWith({ installed })).knows).toBe('binaries');
    expect(priorOf(featuresWith({})).knows).toBe('counts');
  });

  it('is the less sure the less is known', () => {
    const all = priorOf(featuresWith({ upstreamBytes: 1e6, installed }));
    const source = priorOf(featuresWith({ upstreamBytes: 1e6 }));
    const counts = priorOf(featuresWith({}));
    expect(source.treeBytes.sigma).toBeGreaterThan(all.treeBytes.sigma);
    expect(counts.treeBytes.sigma).toBeGreaterThan(source.treeBytes.sigma);
  });

  it('expects more of a bare control file that builds and needs more', () => {
    const small = priorOf(featuresWith({}));
    const large = priorOf(featuresWith({ anyCount: 40, buildDependsCount: 60 }));
    expect(large.treeBytes.median).toBeGreaterThan(5 * small.treeBytes.median);
    expect(large.workMs.median).toBeGreaterThan(2 * small.workMs.median);
  });

  it('expects a smaller tree of the half that compiles nothing', () => {
    const both = { anyBytes: 20e6, allBytes: 5e6, downloadBytes: 8e6, hasCxx: true };
    const whole = featuresWith({ upstreamBytes: 5e6, installed: both, anyCount: 3, allCount: 2 });
    const half = {
      ...whole,
      anyCount: 0,
      installed: { ...both, anyBytes: 0, downloadBytes: 1.5e6, hasCxx: false },
    };
    expect(priorOf(half).treeBytes.median).toBeLessThan(priorOf(whole).treeBytes.median / 3);
  });

  it('knows what C++ with debug information takes', () => {
    const cxx = featuresWith({ upstreamBytes: 1e6, installed: { ...installed, hasCxx: true } });
    const c = featuresWith({ upstreamBytes: 1e6, installed });
    expect(priorOf(cxx).treeBytes.median).toBeGreaterThan(1.3 * priorOf(c).treeBytes.median);
  });
});
