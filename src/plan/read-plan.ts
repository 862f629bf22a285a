import { UserError } from '../base/diagnostic.ts';
import type { Plan } from './plan.ts';
import { planSchema } from './schema.ts';

/**
 * Reads a plan file and checks it against the schema.
 * @throws UserError that says what is wrong where, for anything that is no plan of this version
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * plan.architectures.map(({ arch }) => arch); // → ['amd64', 'arm64']
 */
export function readPlan(text: string, file: string): Plan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw badPlan(file, `this is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = planSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw badPlan(
    file,
    `${path === '' ? 'the document' : path}: ${issue?.message ?? 'does not fit the schema'}`,
  );
}

function badPlan(file: string, problem: string): UserError {
  return new UserError([
    {
      code: 'bad-plan',
      severity: 'error',
      message: `${file} is no plan that this debplan can read: ${problem}`,
      hint: 'make one with debplan plan -o plan.json',
    },
  ]);
}
