import type { Analysis, AnalyseOptions } from './analysis.ts';
import { at } from './base/column.ts';
import type { Diagnostic, UserError } from './base/diagnostic.ts';
import { stableJson } from './base/stable-json.ts';
import { lintCycleOrderFile, writeCycleOrderFile } from './cycle-order-file.ts';
import { answerComponents } from './cycles/document/component-answer.ts';
import type { CyclesDocument } from './cycles/document/cycles-document.ts';
import { drawComponent, type ComponentDrawing } from './cycles/document/draw-component.ts';
import { alternativesIn } from './cycles/find-alternatives.ts';
import { CYCLE_LIMITS } from './cycles/find/enumerate-cycles.ts';
import { makeCyclesDocument } from './cycles/document/make-cycles-document.ts';
import { formatCycleLint } from './emit/cycle-orders.ts';
import { emitCyclesDot } from './emit/cycles-dot.ts';
import { formatCycles } from './emit/cycles-text.ts';
import type { Style } from './emit/style.ts';
import { findAllUnits } from './graph/find-units.ts';
import type { Inputs } from './io/inputs.ts';
import { readTextFile } from './io/read-text.ts';
import { refuseOverwriting } from './io/read-places.ts';
import { writeFileAtomically } from './io/write-output.ts';
import { analyseInputs } from './pipeline.ts';
import { settleOptions } from './settle-in-rounds.ts';
import { usage } from './options/usage-error.ts';

/** What is asked about cycles; at most one of `dot`, `lint` and `write`. */
export interface CyclesRequest {
  /** How many cycles of a component are listed, a whole number > 0; left out: ten. */
  readonly maxCycles?: string | undefined;
  /** Only components that hold this source or unit; left out: all. */
  readonly component?: string | undefined;
  /** One component as a picture: its place in the answer, from 1 on, or one of its sources or units. */
  readonly dot?: string | undefined;
  /** A StarlingX cycle-order file to judge. */
  readonly lint?: string | undefined;
  /** Where such a file goes; `-` is stdout. */
  readonly write?: string | undefined;
  /** The file whose orders decide between equal ones in the file that is written. */
  readonly orderFrom?: string | undefined;
  readonly suite?: string | undefined;
  /** A document instead of a text. */
  readonly json: boolean;
}

export interface CyclesOutcome {
  /** What goes to stdout. */
  readonly text: string;
  /** False: a cycle has no way out, or the lint found something. */
  readonly isFine: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Paths of the files that were written. */
  readonly written: readonly string[];
}

/** The answer of `debplan cycles`. @throws UserError for requests that can't be met, and files that can't be used */
export async function answerCycles(
  inputs: Inputs,
  options: AnalyseOptions,
  request: CyclesRequest,
  style: Style,
): Promise<CyclesOutcome> {
  const { dot, lint, write, json } = request;
  const given = Object.entries({ dot, lint, write }).filter(([, value]) => value !== undefined);
  if (given.length > 1) throw atMostOne(given.map(([name]) => name));
  if (dot !== undefined && json) throw atMostOne(['dot', 'json']);
  if (lint !== undefined) return lintFile(inputs, options, lint, request, style);
  if (write !== undefined) return writeOrders(inputs, options, write, request);
  const { analysis, diagnostics } = analyseInputs(inputs, options);
  const document = findCycles(analysis, options, inputs.files, request);
  // a cycle that arises only once another one is opened is in no group
  const isOpen = request.component !== undefined || analysis.hardCycles.length === 0;
  const isFine = dot !== undefined || (isOpen && document.components.every(({ cost }) => cost !== null));
  const text =
    dot !== undefined
      ? emitCyclesDot(drawCycles(analysis, document, dot))
      : json
        ? stableJson(document)
        : formatCycles(document, inputs.paths, style);
  return { text, isFine, diagnostics, written: [] };
}

/** The components of a run, their cycles, and what opens them. @throws UserError for a name that fits no unit */
export function findCycles(
  analysis: Analysis,
  options: AnalyseOptions,
  files: Inputs['files'],
  { maxCycles, component }: Pick<CyclesRequest, 'maxCycles' | 'component'>,
): CyclesDocument {
  const cycles = maxCycles === undefined ? CYCLE_LIMITS.cycles : Number(maxCycles);
  if (!Number.isInteger(cycles) || cycles < 1) throw notACount(maxCycles ?? '');
  return makeCyclesDocument(analysis.plain.graph, answersOf(analysis, options), files, {
    limits: { ...CYCLE_LIMITS, cycles },
    ...(component === undefined ? {} : { only: unitsOf(analysis, component) }),
  });
}

/** What was decided about the components of the plain graph, with what could be done instead. */
function answersOf(analysis: Analysis, options: AnalyseOptions): ReturnType<typeof answerComponents> {
  const { planned, cut } = analysis;
  const { breakRules } = settleOptions(options, true);
  return answerComponents(analysis, (component) =>
    alternativesIn(planned, at(cut.components, component), breakRules),
  );
}

async function lintFile(
  inputs: Inputs,
  options: AnalyseOptions,
  path: string,
  { suite = '', json }: CyclesRequest,
  style: Style,
): Promise<CyclesOutcome> {
  const { name, text } = await readTextFile(path);
  const { findings, entryCount, isClean } = lintCycleOrderFile(inputs, options, suite, { name, text });
  const answer = json
    ? stableJson({ schema: 'debplan/cycle-lint@1', file: name, entryCount, findings })
    : formatCycleLint(findings, name, entryCount, style);
  return { text: answer, isFine: isClean, diagnostics: inputs.diagnostics, written: [] };
}

async function writeOrders(
  inputs: Inputs,
  options: AnalyseOptions,
  path: string,
  { suite = '', orderFrom }: CyclesRequest,
): Promise<CyclesOutcome> {
  const wishes = orderFrom === undefined ? undefined : await readTextFile(orderFrom);
  const { text, diagnostics } = writeCycleOrderFile(inputs, options, suite, wishes);
  refuseOverwriting('--write', path, orderFrom);
  if (path !== '-') await writeFileAtomically(path, text);
  return {
    text: path === '-' ? text : '',
    isFine: true,
    diagnostics: [...inputs.diagnostics, ...diagnostics],
    written: path === '-' ? [] : [path],
  };
}

function drawCycles(analysis: Analysis, { components }: CyclesDocument, name: string): ComponentDrawing {
  const { graph } = analysis.plain;
  const isNumber = /^\d+$/.test(name);
  const units = isNumber ? new Set<number>() : unitsOf(analysis, name);
  const keys = new Set(graph.universe.units.filter(({ id }) => units.has(id)).map(({ key }) => key));
  const component = isNumber
    ? components[Number(name) - 1]
    : components.find((own) => own.units.some((key) => keys.has(key)));
  if (component === undefined) throw inNoCycle(name, isNumber);
  return drawComponent(graph, component);
}

function unitsOf(analysis: Analysis, name: string): ReadonlySet<number> {
  const [units = []] = findAllUnits({ ...analysis, graph: analysis.plain.graph }, [name]);
  return new Set(units.map(({ id }) => Number(id)));
}

function inNoCycle(name: string, isNumber: boolean): UserError {
  return usage(
    isNumber ? `--dot ${name}: there is no such group` : `--dot ${name}: it is in no cycle`,
    'debplan cycles without it numbers the groups',
  );
}

function notACount(text: string): UserError {
  return usage(
    `--max-cycles ${text}: this is no number of cycles`,
    'a whole number from 1 on, such as --max-cycles 30',
  );
}

function atMostOne(names: readonly string[]): UserError {
  const options = names.map((name) => `--${name}`).join(' and ');
  return usage(`${options} can't go together`, 'ask for one of them at a time');
}
