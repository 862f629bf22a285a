import type { AnalyseOptions } from './analysis.ts';
import { UserError, type Diagnostic } from './base/diagnostic.ts';
import { BREAK_COSTS, type BreakCosts, type SourceCosts } from './cycles/break-costs.ts';
import { orderPreferences } from './cycles/starlingx/order-preferences.ts';
import { isCostKey, isStrategyKind, USUAL_COSTS, type StrategyKind } from './cycles/strategies.ts';
import type { Inputs } from './io/inputs.ts';
import { readTextFile } from './io/read-text.ts';
import { parseCycleOrders } from './parse/starlingx/cycle-orders.ts';
import { parseYamlLeaves, type YamlLeaf } from './parse/yaml-leaves.ts';

/** The files that say how cycles should be opened. */
export interface RawBreakSettings {
  /** A file of costs. */
  readonly breakCost?: string | undefined;
  /** A StarlingX cycle-order file. */
  readonly orderFrom?: string | undefined;
}

export interface BreakSettings extends Pick<AnalyseOptions, 'breakCosts' | 'reluctance'> {
  /** The files that were read: inputs of the plan like the others. */
  readonly files: Inputs['files'];
  readonly diagnostics: readonly Diagnostic[];
}

/** How many times dearer it is to build against a file's order, and cheaper to build in it: it decides between near equals. */
const WISHED = 2;

/** Reads how cycles should be opened. @throws UserError */
export async function readBreakSettings({ breakCost, orderFrom }: RawBreakSettings): Promise<BreakSettings> {
  const diagnostics: Diagnostic[] = [];
  const costsFile = breakCost === undefined ? undefined : await readTextFile(breakCost);
  const orderFile = orderFrom === undefined ? undefined : await readTextFile(orderFrom);
  let reluctance: BreakSettings['reluctance'];
  if (orderFile !== undefined) {
    const { text, name } = orderFile;
    const wishes = orderPreferences(parseCycleOrders(text, name, (found) => diagnostics.push(found)));
    diagnostics.push(...wishes.diagnostics);
    reluctance = ({ source }, need) => {
      if (wishes.lineOf(source.name, need.source.name) !== undefined) return 1 / WISHED;
      return wishes.lineOf(need.source.name, source.name) === undefined ? 1 : WISHED;
    };
  }
  return {
    breakCosts: costsFile === undefined ? BREAK_COSTS : parseBreakCosts(costsFile.text, costsFile.name),
    reluctance,
    files: [costsFile, orderFile].flatMap((file) =>
      file === undefined ? [] : [{ name: file.name, sha256: file.sha256 }],
    ),
    diagnostics,
  };
}

const HINT = `costs are numbers, or never: 'staged-build: 500', 'profiles: {nodoc: never}', 'sources: {qemu: {existing-binary: 40, relations: {librbd-dev: never}}}'; keys: ${Object.keys(USUAL_COSTS).join(', ')}, profiles, sources`;

/**
 * Reads a file of break costs; what it doesn't name costs what it usually does.
 * @throws UserError with every line that can't be used
 */
export function parseBreakCosts(text: string, file: string): BreakCosts {
  const refused: Diagnostic[] = [];
  const leaves = parseYamlLeaves(text, file, HINT, (diagnostic) => refused.push(diagnostic));
  const usual = { ...BREAK_COSTS.usual };
  const profiles = new Map<string, number>();
  const sources = new Map<
    string,
    { strategies: Map<StrategyKind, number>; relations: Map<string, number> }
  >();
  for (const leaf of leaves) {
    const cost = readCost(leaf.text);
    const [first = '', second, third, fourth] = leaf.path;
    const refuse = (problem: string): number => refused.push(unusable(leaf, problem));
    if (cost === undefined) refuse(`${leaf.path.join('.')}: ${leaf.text} is no cost`);
    else if (isCostKey(first) && second === undefined) usual[first] = cost;
    else if (first === 'profiles' && second !== undefined && third === undefined) profiles.set(second, cost);
    else if (first === 'sources' && second !== undefined && third !== undefined) {
      const own = sources.get(second) ?? { strategies: new Map(), relations: new Map() };
      sources.set(second, own);
      if (isStrategyKind(third) && fourth === undefined) own.strategies.set(third, cost);
      else if (third === 'relations' && fourth !== undefined && leaf.path.length === 4)
        own.relations.set(fourth, cost);
      else refuse(`${leaf.path.join('.')} means nothing`);
    } else refuse(`${leaf.path.join('.')} means nothing`);
  }
  if (refused.length > 0) throw new UserError(refused);
  const bySource: ReadonlyMap<string, SourceCosts> = sources;
  return { usual, profiles, sources: bySource };
}

function readCost(text: string): number | undefined {
  if (text === 'never') return Infinity;
  return /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}

function unusable({ location }: YamlLeaf, message: string): Diagnostic {
  return { code: 'bad-break-cost', severity: 'error', message, location, hint: HINT };
}
