import { compareText } from './base/compare.ts';
import type { Diagnostic } from './base/diagnostic.ts';
import type { ExplainDocument } from './explain/explain-document.ts';
import { explainUnits } from './explain/explain-units.ts';
import { findAllUnits } from './graph/find-units.ts';
import type { Inputs } from './io/inputs.ts';
import { analyseInputs, estimateContext, type PlanOptions } from './pipeline.ts';

export interface ExplainResult {
  readonly answer: ExplainDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Where a plan with these options would have the figures of a source from: analysed as for a plan, so that they are the same.
 * @param name a source, a source with an architecture, or a unit, as in other commands
 * @throws UserError when the name fits no unit
 */
export function explainSource(inputs: Inputs, name: string, options: PlanOptions): ExplainResult {
  const { analysis, diagnostics } = analyseInputs(inputs, options);
  const found = findAllUnits(analysis, [name]).flat();
  const units = [...found].sort((a, b) => compareText(a.key, b.key));
  const answer = explainUnits(estimateContext(analysis, options), units);
  return { answer, diagnostics };
}
