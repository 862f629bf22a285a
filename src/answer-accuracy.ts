import { noBuilds } from './accuracy/diagnostics.ts';
import { bareSources } from './accuracy/bare-source.ts';
import type { AccuracyDocument } from './accuracy/accuracy-document.ts';
import { makeAccuracy, type AccuracyOptions } from './accuracy/make-accuracy.ts';
import { trialsOf } from './accuracy/trial.ts';
import type { AnalyseOptions } from './analysis.ts';
import { compareText } from './base/compare.ts';
import type { Diagnostic, Report } from './base/diagnostic.ts';
import { noProgress, type OnProgress } from './base/progress.ts';
import { stableJson } from './base/stable-json.ts';
import { isArchitecture } from './debian/architecture.ts';
import { emitAccuracyCsv } from './emit/accuracy-csv.ts';
import { emitAccuracySvg } from './emit/accuracy-plot/accuracy-svg.ts';
import { formatAccuracy } from './emit/accuracy-text.ts';
import type { Style } from './emit/style.ts';
import { ESTIMATE_OPTIONS } from './estimate/estimate.ts';
import { predictHistory } from './estimate/predict-history.ts';
import type { BuildRecord } from './history/record.ts';
import type { Inputs } from './io/inputs.ts';
import { refuseOverwriting } from './io/read-places.ts';
import { writeFileAtomically } from './io/write-output.ts';
import { resolveAccuracyOptions, type RawAccuracyOptions } from './options/accuracy-options.ts';
import { readEstimateSettings, type EstimateSettings } from './options/estimate-settings.ts';
import { usage } from './options/usage-error.ts';
import { analyseInputs } from './pipeline.ts';

/** What is asked of an assessment; at most one of `json` and `csv`. */
export interface AccuracyRequest extends RawAccuracyOptions {
  /** At least one file. */
  readonly history?: readonly string[] | undefined;
  readonly estimates?: string | undefined;
  /** Where the picture goes; `-`: to stdout instead of all else. */
  readonly svg?: string | undefined;
  readonly json: boolean;
  readonly csv: boolean;
}

/** What was asked for, and all that was read for it but the sources. */
export interface AccuracyTask {
  readonly request: AccuracyRequest;
  readonly options: AccuracyOptions;
  readonly settings: EstimateSettings;
  /** Architectures of the builds, sorted; undefined: the history tells none. */
  readonly architectures: readonly string[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the history. @throws UserError for requests that can't be met, and files that can't be used */
export async function readAccuracyTask(request: AccuracyRequest): Promise<AccuracyTask> {
  const { history, estimates, json, csv, svg } = request;
  const options = resolveAccuracyOptions(request);
  if (json && csv) throw usage("--json and --csv can't go together", 'ask for one of them');
  if (svg === '-' && (json || csv)) throw usage('two answers for stdout', 'name a file: --svg accuracy.svg');
  if (history === undefined) throw usage('no history is named', 'debplan accuracy --history history.jsonl');
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const settings = await readEstimateSettings({ history, estimates }, report);
  const built = new Set(settings.history.map(({ arch }) => arch).filter((arch) => arch !== 'all'));
  const known = [...built].filter(isArchitecture).sort(compareText);
  return { request, options, settings, architectures: known.length === 0 ? undefined : known, diagnostics };
}

export interface AccuracyResult {
  readonly document: AccuracyDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Predicts each build of the history, or those of `analysing.select`, from all the others. Sources that no input tells are predicted from their builds alone.
 * @param inputs undefined: none was named
 */
export function assessHistory(
  { settings, options, diagnostics }: AccuracyTask,
  inputs: Inputs | undefined,
  analysing: AnalyseOptions,
  onProgress: OnProgress = noProgress,
): AccuracyResult {
  const { history, overrides } = settings;
  const built = new Set(history.map(({ source }) => source));
  const known = new Set(inputs?.sources.map(({ name }) => name).filter((name) => built.has(name)));
  const bare = bareSources(history, known);
  const { analysis, diagnostics: found } = analyseInputs(
    { ...(inputs ?? NO_INPUTS), sources: [...(inputs?.sources ?? []), ...bare] },
    { ...analysing, select: [...built].sort(compareText) },
  );
  const isAsked = selection(analysing.select);
  const asked = history.filter(isAsked);
  const context = {
    universe: analysis.universe,
    installability: analysis.planned.installability,
    overrides,
    history,
    builders: [],
    options: ESTIMATE_OPTIONS,
  };
  const predictions = predictHistory(context, (done, total) => {
    onProgress({ doing: 'learning from all other builds', done, total, noun: 'parts' });
  });
  const { used, ...trials } = trialsOf(predictions.filter(({ record }) => isAsked(record)));
  const files = [...(inputs?.files ?? []), ...settings.files].sort((a, b) => compareText(a.name, b.name));
  const sources = new Set(asked.map(({ source }) => source));
  const figures = { records: asked.length, sources: sources.size, used };
  const document = makeAccuracy({ inputs: files, history: figures, ...trials, options });
  const nothing = asked.length === 0 ? [noBuilds(analysing.select)] : [];
  return { document, diagnostics: [...diagnostics, ...found, ...nothing] };
}

/** `NAME` or `NAME=VERSION`, as for sources; no names: all. */
function selection(select: readonly string[]): (record: BuildRecord) => boolean {
  const names = new Set(select);
  return ({ source, version }) => names.size === 0 || names.has(source) || names.has(`${source}=${version}`);
}

const NO_INPUTS: Inputs = {
  sources: [],
  binaries: [],
  indexedArchitectures: [],
  files: [],
  paths: new Map(),
  diagnostics: [],
};

/** Writes the picture, if one is wanted. @returns what goes to stdout */
export async function answerAccuracy(
  document: AccuracyDocument,
  { json, csv, svg }: AccuracyRequest,
  style: Style,
): Promise<string> {
  if (svg === '-') return emitAccuracySvg(document);
  if (svg !== undefined) refuseOverwriting('--svg', svg);
  if (svg !== undefined) await writeFileAtomically(svg, emitAccuracySvg(document));
  if (json) return stableJson(document);
  return csv ? emitAccuracyCsv(document) : formatAccuracy(document, style);
}
