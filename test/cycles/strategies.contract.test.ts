import { describe, expect, it } from 'vitest';
import { BREAK_COSTS } from '../../src/cycles/break-costs.ts';
import { cyclesJsonSchema } from '../../src/cycles/cycles-schema.ts';
import { parseBreakCosts } from '../../src/cycles/parse-break-costs.ts';
import { isStrategyKind, RISKS, STRATEGIES, STRATEGY_KINDS } from '../../src/cycles/strategies.ts';
import { planJsonSchema } from '../../src/plan/schema.ts';

describe.each(STRATEGY_KINDS)('the strategy %s', (kind) => {
  const { costs, risk, title, reason, does } = STRATEGIES[kind];

  it('costs something, and first of all by its own name', () => {
    expect(Object.keys(costs)[0]).toBe(kind);
    for (const cost of Object.values(costs)) expect(cost).toBeGreaterThan(0);
  });

  it('names no cost that is one of another strategy', () => {
    const others = STRATEGY_KINDS.filter((other) => other !== kind);
    const theirs = others.flatMap((other) => Object.keys(STRATEGIES[other].costs));
    expect(theirs.filter((name) => Object.hasOwn(costs, name))).toEqual([]);
  });

  it('has each of its costs set by a file', () => {
    for (const name of Object.keys(costs)) {
      const { usual } = parseBreakCosts(`${name}: 7\n`, 'costs.yaml');
      expect(usual).toEqual({ ...BREAK_COSTS.usual, [name]: 7 });
    }
  });

  it('has its cost set for one source', () => {
    const { sources } = parseBreakCosts(`sources: {qemu: {${kind}: never}}\n`, 'costs.yaml');
    expect(sources.get('qemu')?.strategies).toEqual(new Map([[kind, Infinity]]));
  });

  it('has a risk and words that no other one has', () => {
    expect(RISKS).toContain(risk);
    const all = STRATEGY_KINDS.map((other) => STRATEGIES[other]);
    expect(all.filter((other) => other.title === title)).toHaveLength(1);
    expect(all.filter((other) => other.reason === reason)).toHaveLength(1);
    const said = does('hello', 'nodoc');
    expect(all.filter((other) => other.does('hello', 'nodoc') === said)).toHaveLength(1);
  });

  it('may stand in a plan and in the cycles document', () => {
    expect(enumsOf(planJsonSchema())).toContain(kind);
    expect(enumsOf(cyclesJsonSchema())).toContain(kind);
  });
});

describe('the strategies', () => {
  it('stand in the order of their costs', () => {
    const costs = STRATEGY_KINDS.map((kind) => BREAK_COSTS.usual[kind]);
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect(STRATEGY_KINDS).toHaveLength(Object.keys(STRATEGIES).length);
  });

  it('are known by their own names alone', () => {
    expect(['none', 'constructor', 'rebuild', ''].filter(isStrategyKind)).toEqual([]);
  });
});

/** Every text that some `enum` of a JSON schema allows. */
function enumsOf(schema: unknown): readonly unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === 'enum' && Array.isArray(value) ? value : enumsOf(value),
  );
}
