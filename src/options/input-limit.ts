import { parseBytes } from '../base/quantity.ts';
import { limitInputs } from '../io/input-limit.ts';
import { usage } from './usage-error.ts';

/** Sets how large an input may be, as it was typed. @throws UserError for what is no size above 0 */
export function limitInputsTo(text: string): void {
  const bytes = parseBytes(text);
  if (bytes === undefined || bytes === 0)
    throw usage(`--max-input ${text} is no size`, 'such as --max-input 4GiB');
  limitInputs(bytes);
}
