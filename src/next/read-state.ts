import { UserError } from '../base/diagnostic.ts';
import { badState } from './diagnostics.ts';
import type { StateDocument } from './state-document.ts';
import { stateSchema } from './state-schema.ts';

/** Reads a state file. @throws UserError that says what is wrong where */
export function readState(text: string, file: string): StateDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError([badState(file, error instanceof Error ? error.message : String(error))]);
  }
  const result = stateSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  const problem = issue?.message ?? 'it does not fit the schema';
  throw new UserError([badState(file, `${path === '' ? 'the document' : path}: ${problem}`)]);
}

/** Whether a text is the journal of a run and not a state. */
export function isJournal(text: string): boolean {
  return /^\s*\{\s*"event"\s*:/.test(text.slice(0, 100));
}
