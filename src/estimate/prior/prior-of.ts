import type { LogNormal } from '../../base/log-normal.ts';
import type { SourceFeatures } from '../features.ts';
import { MEMORY_MODELS } from './coefficients/memory.ts';
import { TREE_MODELS } from './coefficients/tree.ts';
import { WORK_MODELS } from './coefficients/work.ts';
import { designOf, MEGABYTE } from './design.ts';
import { evaluate } from './model.ts';
import type { Prior } from './prior.ts';

const SECOND_MS = 1000;

/** What the fitted models say of a build; each quantity is > 0 and finite. O(1) */
export function priorOf(features: SourceFeatures): Prior {
  const knows = knowledgeOf(features);
  const design = designOf(features);
  return {
    treeBytes: scaled(evaluate(TREE_MODELS[knows], design), MEGABYTE),
    workMs: scaled(evaluate(WORK_MODELS[knows], design), SECOND_MS),
    memoryBytes: scaled(evaluate(MEMORY_MODELS[knows], design), MEGABYTE),
    knows,
  };
}

/** Which of the sizes are known. */
export function knowledgeOf({ upstreamBytes, installed }: SourceFeatures): Prior['knows'] {
  if (upstreamBytes === undefined) return installed === undefined ? 'counts' : 'binaries';
  return installed === undefined ? 'source' : 'all';
}

function scaled({ median, sigma }: LogNormal, unit: number): LogNormal {
  return { median: median * unit, sigma };
}
