import type { Diagnostic } from '../base/diagnostic.ts';

/** A line of a bench's history is no measurement: it is passed over. */
export function badBenchLine(file: string, line: number, problem: string): Diagnostic {
  return {
    code: 'bad-bench-line',
    severity: 'warning',
    message: problem,
    location: { file, line },
    hint: 'delete the line; the others count',
  };
}

/** No line of a file is a measurement: it is something else, and nothing is added to it. */
export function notBenchHistory(file: string, line: number, problem: string): Diagnostic {
  return {
    code: 'no-bench-history',
    severity: 'error',
    message: `${file} holds no bench: ${problem}`,
    location: { file, line },
    hint: 'name a file of its own: --history bench.jsonl; what builds took goes into --build-history',
  };
}

/** A document of several lines, where each line has to be one. */
export function documentAsHistory(file: string): Diagnostic {
  return {
    code: 'no-bench-history',
    severity: 'error',
    message: `${file} is what bench --json prints, over several lines: no line can be added to it`,
    location: { file, line: 1 },
    hint: `let bench make a file of its own: --history bench.jsonl; or make a line of this one: jq -c . ${file} > bench.jsonl`,
  };
}

/** A history has measurements, but none that this one can be compared with. */
export function nothingComparable(file: string, lines: number, difference: string): Diagnostic {
  return {
    code: 'nothing-comparable',
    severity: 'note',
    message:
      lines === 1
        ? `the bench in ${file} can't be compared with this one: ${difference}`
        : `none of the ${String(lines)} benches in ${file} can be compared with this one: of the last, ${difference}`,
    hint: 'this one is added: the next with these settings is compared with it',
  };
}

/** The last benches were refused by their conditions. */
export function refusedBenches(count: number): Diagnostic {
  const what =
    count === 1
      ? 'the last bench was refused by its conditions and is'
      : `the last ${String(count)} benches were refused by their conditions and are`;
  return {
    code: 'refused-benches',
    severity: 'note',
    message: `${what} passed over: this one is held against what was there before`,
    hint: 'to accept the plan as it is, bench it once without --fail-if',
  };
}

/** Conditions on changes can't be judged yet. */
export function nothingBefore(conditions: readonly string[]): Diagnostic {
  return {
    code: 'nothing-before',
    severity: 'note',
    message: `${conditions.join(', ')}: there is nothing to compare with yet`,
    hint: 'the next bench with the same settings is held against this one',
  };
}

/** Something else comes from standard input, which is always taken for a plan. */
export function stdinIsPlan(): Diagnostic {
  return {
    code: 'bad-plan',
    severity: 'error',
    message: 'standard input is no plan, and - is always taken for one',
    hint: 'name what is to be planned as a file: debplan bench Sources; or pipe a plan: debplan plan - --json | debplan bench -',
  };
}

/** A report shows a bench of something else than its plans. */
export function benchOfOther(file: string, subject: string, plans: readonly string[]): Diagnostic {
  return {
    code: 'bench-of-other',
    severity: 'note',
    message: `${file} has no bench of ${plans.join(' or ')}: the report shows its last one, of ${subject}`,
    hint: 'plans are told apart by the names of their files: debplan bench PLAN --history FILE adds one',
  };
}

/** Builders that have no room for some builds at all. */
export function buildsTooLarge(builders: string, builds: readonly string[]): Diagnostic {
  const [first = '', ...more] = builds;
  const named = more.length === 0 ? first : `${first} and ${String(more.length)} more`;
  return {
    code: 'no-room',
    severity: 'error',
    message: `${builders}: no builder there has room for ${named}`,
    hint: 'give one of them more memory or a larger RAM disk, or disk-slots',
  };
}

/** A plan without a build. */
export function nothingToMeasure(name: string): Diagnostic {
  return {
    code: 'nothing-to-measure',
    severity: 'error',
    message: `${name} has no builds to measure`,
    hint: 'debplan check says why nothing can be built',
  };
}
