import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';
import type { EmittedFile } from '../../../src/emit/emitter.ts';
import { readYaml } from './read-yaml.ts';

const require = createRequire(import.meta.url);

const job = z.object({
  extends: z.string().optional(),
  stage: z.string().optional(),
  needs: z.array(z.string()).optional(),
  before_script: z.array(z.string()).optional(),
  script: z.array(z.string()).optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
  artifacts: z.object({ paths: z.array(z.string()) }).optional(),
  tags: z.array(z.string()).optional(),
  timeout: z.string().optional(),
  resource_group: z.string().optional(),
  when: z.string().optional(),
  trigger: z.object({ include: z.array(z.object({ local: z.string() })), strategy: z.string() }).optional(),
});
export type Job = z.infer<typeof job>;

const document = z.record(z.string(), z.unknown());
const includes = z.array(z.object({ local: z.string() }));

/** A pipeline as GitLab puts it together from its files. */
export interface Pipeline {
  /** All jobs by their names, hidden ones too. */
  readonly jobs: ReadonlyMap<string, Job>;
  readonly stages: readonly string[];
  /** Each file as a whole, for the schema. */
  readonly documents: readonly Readonly<Record<string, unknown>>[];
}

export function readPipeline(files: readonly EmittedFile[], path = '.gitlab-ci.yml'): Pipeline {
  const main = readYaml(files, path, document);
  const { include = [], stages, ...jobs } = main;
  const included = includes.parse(include).map(({ local }) => readPipeline(files, local));
  return {
    jobs: new Map([
      ...included.flatMap((one) => [...one.jobs]),
      ...Object.entries(jobs).map(([name, value]) => [name, job.parse(value)] as const),
    ]),
    stages: z.array(z.string()).optional().parse(stages) ?? included.flatMap((one) => one.stages),
    documents: [main, ...included.flatMap((one) => one.documents)],
  };
}

/** The jobs that run: those that aren't hidden. */
export function runningJobs({ jobs }: Pipeline): readonly (readonly [string, Job])[] {
  return [...jobs].filter(([name]) => !name.startsWith('.'));
}

/** GitLab's own JSON schema, which gitlab-ci-local carries. */
export async function gitlabSchemaErrors(documents: Pipeline['documents']): Promise<readonly unknown[]> {
  validator ??= compileSchema();
  const validate = await validator;
  return documents.flatMap((one) => (validate(one) ? [] : (validate.errors ?? [])));
}

let validator: ReturnType<typeof compileSchema> | undefined;

async function compileSchema(): Promise<ValidateFunction> {
  const path = require.resolve('gitlab-ci-local/src/schema/schema.js');
  const { schema } = z.object({ schema: z.record(z.string(), z.unknown()) }).parse(await import(path));
  return new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
}
