import type { Emitter } from './emitter.ts';
import { argo } from './ci/argo.ts';
import { github } from './ci/github.ts';
import { gitlab } from './ci/gitlab.ts';
import { dot } from './drawings/dot.ts';
import { graphlib } from './drawings/graphlib.ts';
import { graphml } from './drawings/graphml.ts';
import { mermaid } from './drawings/mermaid.ts';
import { svg } from './drawings/svg.ts';
import { trace } from './drawings/trace.ts';
import { make } from './engines/make.ts';
import { ninja } from './engines/ninja.ts';
import { slurm } from './engines/slurm.ts';
import { snakemake } from './engines/snakemake.ts';
import { csv } from './formats/csv.ts';
import { json } from './formats/json.ts';
import { markdown } from './formats/markdown.ts';
import { starlingx } from './formats/starlingx.ts';
import { text } from './formats/text.ts';

/** All that a plan can be written as, in the order of the help; `test/emit/emitters.contract.test.ts` runs over all rows. */
export const EMITTERS = {
  text,
  csv,
  json,
  markdown,
  starlingx,
  make,
  ninja,
  snakemake,
  slurm,
  gitlab,
  github,
  argo,
  trace,
  svg,
  dot,
  mermaid,
  graphml,
  graphlib,
} as const satisfies Readonly<Record<string, Emitter>>;

export type EmitFormat = keyof typeof EMITTERS;
