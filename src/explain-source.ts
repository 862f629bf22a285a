import { compareText } from './base/compare.ts';
import type { Diagnostic } from './base/diagnostic.ts';
import { nearestName } from './base/nearest-name.ts';
import type { ExplainDocument } from './explain/explain-document.ts';
import { explainUnits } from './explain/explain-units.ts';
import { findAllUnits } from './graph/find-units.ts';
import type { Inputs } from './io/inputs.ts';
import { analyseInputs, estimateContext, type PlanOptions } from './pipeline.ts';

export interface ExplainResult {
  readonly answer: ExplainDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/** Above so many sources only those are analysed that the answer rests on: the graph of an archive takes a minute. */
const MOST_SOURCES = 5000;

/**
 * Where a plan with these options would have the figures of a source from: analysed as for a plan, so that they are the
 * same; of more than `MOST_SOURCES` sources, only the one and those of the history are.
 * @param name a source, a source with an architecture, or a unit, as in other commands
 * @param namesBuilders whether the builders are anybody's own: then what it takes there is told too
 * @throws UserError when the name fits no unit
 */
export function explainSource(
  inputs: Inputs,
  name: string,
  options: PlanOptions,
  namesBuilders: boolean,
): ExplainResult {
  const isNarrow = inputs.sources.length > MOST_SOURCES && options.select.length === 0;
  const chosen = isNarrow ? { ...options, select: sourcesFor(inputs, name, options) } : options;
  const { analysis, diagnostics } = analyseInputs(inputs, chosen);
  const found = findAllUnits(analysis, [name]).flat();
  const units = [...found].sort((a, b) => compareText(a.key, b.key));
  const builders = namesBuilders ? chosen.builders : [];
  return { answer: explainUnits(estimateContext(analysis, chosen), units, builders), diagnostics };
}

/** The sources that a name may mean, else those that a hint could name, and those that the history tells of. */
function sourcesFor({ sources }: Inputs, name: string, { history = [] }: PlanOptions): readonly string[] {
  const known = new Set(sources.map((source) => source.name));
  const words = name.split('/').map((word) => word.replace(/_.*/s, ''));
  const named = words.filter((word) => known.has(word));
  const builders = sources.filter(({ binaries }) => binaries.some((binary) => words.includes(binary.name)));
  const near = nearestName(words[0] ?? '', known);
  const hinted = [...builders.map((source) => source.name), ...(near === undefined ? [] : [near])];
  const seen = history.flatMap(({ source }) => (known.has(source) ? [source] : []));
  return [...new Set([...(named.length > 0 ? named : hinted), ...seen])].sort(compareText);
}
