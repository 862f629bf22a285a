import { UserError } from '../base/diagnostic.ts';
import { readJson } from '../base/read-json.ts';
import { badState } from './diagnostics.ts';
import type { StateDocument } from './state-document.ts';
import { stateSchema } from './state-schema.ts';

/** Reads a state file. @throws UserError that says what is wrong where */
export function readState(text: string, file: string): StateDocument {
  const read = readJson(text, stateSchema, 'the document');
  if (read.kind === 'value') return read.value;
  throw new UserError([badState(file, read.problem, read.place)]);
}

/** Whether a text is the journal of a run and not a state. */
export function isJournal(text: string): boolean {
  return /^\s*\{\s*"event"\s*:/.test(text.slice(0, 100));
}
