import { parse } from 'yaml';
import type { z } from 'zod';
import type { EmittedFile } from '../../../src/emit/emitter.ts';

/** A YAML file of an output, as its readers see it. */
export function readYaml<T>(files: readonly EmittedFile[], path: string, shape: z.ZodType<T>): T {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path} among ${files.map((one) => one.path).join(', ')}`);
  return shape.parse(parse(file.content));
}
