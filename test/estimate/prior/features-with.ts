import type { SourceFeatures } from '../../../src/estimate/features.ts';

/** A source of one binary of which no sizes are known, with some features of its own. */
export function featuresWith(own: Partial<SourceFeatures>): SourceFeatures {
  return {
    upstreamBytes: undefined,
    debianBytes: undefined,
    compression: undefined,
    anyCount: 1,
    allCount: 0,
    installed: undefined,
    buildDependsCount: 5,
    toolchains: new Set(),
    runsTests: false,
    ...own,
  };
}
