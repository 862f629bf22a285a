import { resolve } from 'node:path';
import { UserError } from '../base/diagnostic.ts';
import { overwrittenInput } from './diagnostics.ts';
import { fileIdentity } from './same-file.ts';

/** Where all files lie that this process has read as input: what is written must not take the place of any of them. */
const places = new Set<string>();

/** Keeps in mind that a file is an input. */
export function noteInput(path: string): void {
  if (path !== '-') places.add(resolve(path));
}

/**
 * Refuses a file as output that is an input of this process, whatever name or link leads to it; `-` is none.
 * @param option how the file is named on the command line
 * @param own an input that may be replaced, since it is the same thing anew
 * @throws UserError
 */
export function refuseOverwriting(option: string, path: string, own?: string): void {
  if (path === '-') return;
  const target = resolve(path);
  const identity = fileIdentity(target);
  for (const place of places) {
    if (own !== undefined && place === resolve(own)) continue;
    if (place === target || (identity !== undefined && fileIdentity(place) === identity))
      throw new UserError([overwrittenInput(option, path)]);
  }
}
