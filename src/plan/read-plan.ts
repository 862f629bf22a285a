import { UserError } from '../base/diagnostic.ts';
import { readJson } from '../base/read-json.ts';
import type { Plan } from './plan.ts';
import { planFileSchema } from './plan-file-schema.ts';

/**
 * Reads a plan file and checks it against the schema.
 * @throws UserError that says what is wrong where, for anything that is no plan of this version
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * plan.architectures.map(({ arch }) => arch); // → ['amd64', 'arm64']
 */
export function readPlan(text: string, file: string): Plan {
  const read = readJson(text, planFileSchema, 'the document');
  if (read.kind === 'value') return read.value;
  throw new UserError([
    {
      code: 'bad-plan',
      severity: 'error',
      message: `${file} is no plan that this debplan can read: ${read.problem}`,
      location: { file, ...read.place },
      hint: 'make one with debplan plan -o plan.json',
    },
  ]);
}
