import { UserError, type Diagnostic } from '../base/diagnostic.ts';
import { parseYamlLeaves } from '../parse/yaml-leaves.ts';
import { BREAK_COSTS, type BreakCosts, type CostSubject, type SourceCosts } from './break-costs.ts';
import { badBreakCost } from './diagnostics.ts';
import { isCostKey, isStrategyKind, USUAL_COSTS, type StrategyKind } from './strategies.ts';

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
  const sources = new Map<string, DraftCosts>();
  const subjects: CostSubject[] = [];
  for (const { path, places, text: written, location } of leaves) {
    const cost = readCost(written);
    const [first = '', second, third, fourth] = path;
    const at = (depth: number): CostSubject['location'] => places[depth] ?? location;
    const refuse = (problem: string): number => refused.push(badBreakCost(problem, location, HINT));
    if (cost === undefined) refuse(`${path.join('.')}: ${written} is no cost`);
    else if (isCostKey(first) && second === undefined) usual[first] = cost;
    else if (first === 'profiles' && second !== undefined && third === undefined) {
      profiles.set(second, cost);
      subjects.push({ kind: 'profile', profile: second, location: at(1) });
    } else if (first === 'sources' && second !== undefined && third !== undefined) {
      const own = sources.get(second) ?? { strategies: new Map(), relations: new Map() };
      if (!sources.has(second)) subjects.push({ kind: 'source', source: second, location: at(1) });
      sources.set(second, own);
      if (isStrategyKind(third) && fourth === undefined) own.strategies.set(third, cost);
      else if (third === 'relations' && fourth !== undefined && path.length === 4) {
        own.relations.set(fourth, cost);
        subjects.push({ kind: 'relation', source: second, package: fourth, location: at(3) });
      } else refuse(`${path.join('.')} means nothing`);
    } else refuse(`${path.join('.')} means nothing`);
  }
  if (refused.length > 0) throw new UserError(refused);
  const bySource: ReadonlyMap<string, SourceCosts> = sources;
  return { usual, profiles, sources: bySource, subjects };
}

interface DraftCosts {
  readonly strategies: Map<StrategyKind, number>;
  readonly relations: Map<string, number>;
}

function readCost(text: string): number | undefined {
  if (text === 'never') return Infinity;
  return /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}
