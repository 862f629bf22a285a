import type { Diagnostic } from '../base/diagnostic.ts';
import type { TextPlace } from '../base/json-place.ts';
import type { Builder } from '../dispatch/problem.ts';

/** A build is said to run in a slot that another one has, or that the builder has not. */
export function takenSlot(id: string, builder: string, slot: number): Diagnostic {
  return contradiction(
    `${id} is said to run in slot ${String(slot)} of ${builder}, which is not free`,
    'it is counted in another slot; say in which one it runs, or leave slot out',
  );
}

/** More builds run than there are slots. */
export function besideSlots(id: string, { name, slots }: Builder): Diagnostic {
  return contradiction(
    `${id} runs, but all ${String(slots)} slots of ${name} are taken`,
    'it is counted beside them; nothing starts there until one is free',
  );
}

/** What runs takes more than there is. */
export function overRoom(id: string, builder: string, lacks: readonly string[]): Diagnostic {
  return contradiction(
    `${id} runs on ${builder}, which has not enough ${lacks.join(' and ')} for it by the plan`,
    'it is counted for what is left, and nothing starts in that room',
  );
}

function contradiction(message: string, hint: string): Diagnostic {
  return { code: 'contradictory-state', severity: 'warning', message, hint };
}

/** A name that no build of the plan has. */
export function unknownBuild(name: string, nearest: string | undefined): Diagnostic {
  return {
    code: 'unknown-build',
    severity: 'error',
    message: `the plan has no build '${name}'`,
    hint:
      nearest === undefined
        ? 'builds are called by their ids in the plan, source/arch or source'
        : `did you mean ${nearest}?`,
  };
}

/** A name that several builds of the plan have. */
export function ambiguousBuild(name: string, ids: readonly string[]): Diagnostic {
  const shown = ids.slice(0, MOST_NAMED).join(', ');
  const more = ids.length > MOST_NAMED ? `, and ${String(ids.length - MOST_NAMED)} more` : '';
  return {
    code: 'ambiguous-build',
    severity: 'error',
    message: `'${name}' may be any of ${shown}${more}`,
    hint: `say which: '${ids[0] ?? ''}'`,
  };
}

const MOST_NAMED = 4;

/** A builder that the plan doesn't have. */
export function unknownBuilder(id: string, name: string, nearest: string | undefined): Diagnostic {
  return {
    code: 'unknown-builder',
    severity: 'error',
    message: `${id} is said to run on '${name}', which is no builder of the plan`,
    ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
  };
}

/** A build stands in two lists of a state. */
export function toldTwice(id: string, kept: string, dropped: string): Diagnostic {
  return contradiction(
    `${id} is said to be both ${kept} and ${dropped}`,
    `it is taken for ${kept}; leave it out of the other list`,
  );
}

/** A state file that can't be read. */
export function badState(file: string, problem: string, place: TextPlace): Diagnostic {
  return {
    code: 'bad-state',
    severity: 'error',
    message: `${file} is no state of builds that this debplan can read: ${problem}`,
    location: { file, ...place },
    hint: 'it looks like {"schema":"debplan/state@1","finished":["libfoo"],"failed":[],"running":["libbar"]}, or is the journal of a run',
  };
}

/** A journal of another plan. */
export function otherPlan(journal: string, plan: string): Diagnostic {
  return {
    code: 'other-plan',
    severity: 'warning',
    message: `${journal} tells of a run of another plan than ${plan}`,
    hint: 'builds that this plan does not have are left out',
  };
}

/** A line of `--follow` that is no event. */
export function badEvent(problem: string): Diagnostic {
  return {
    code: 'bad-event',
    severity: 'error',
    message: `this line is no event: ${problem}`,
    hint: 'a line looks like {"event":"finished","id":"libfoo"}; events are started, finished, failed, retry and tick',
  };
}
