import { z } from 'zod';

/** Words and numbers that a viewer shows of an event. */
const args = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const ids = { pid: z.int().positive(), tid: z.int().positive(), ts: z.int().nonnegative() };

/**
 * The events of the format that the emitter uses, as its documentation describes them.
 * @see "Trace Event Format", Google 2016: complete, counter, flow and metadata events
 */
const event = z.discriminatedUnion('ph', [
  z.strictObject({
    ph: z.literal('M'),
    ...ids,
    name: z.enum([
      'process_name',
      'process_labels',
      'process_sort_index',
      'thread_name',
      'thread_sort_index',
    ]),
    args,
  }),
  z.strictObject({
    ph: z.literal('X'),
    ...ids,
    name: z.string(),
    cat: z.string(),
    dur: z.int().positive(),
    args,
  }),
  z.strictObject({ ph: z.literal('C'), ...ids, name: z.string(), args: z.record(z.string(), z.number()) }),
  z.strictObject({ ph: z.literal('s'), ...ids, name: z.string(), cat: z.string(), id: z.int(), args }),
  z.strictObject({
    ph: z.literal('f'),
    ...ids,
    name: z.string(),
    cat: z.string(),
    id: z.int(),
    bp: z.literal('e'),
    args,
  }),
]);

const file = z.strictObject({
  displayTimeUnit: z.enum(['ms', 'ns']),
  otherData: z.record(z.string(), z.unknown()),
  traceEvents: z.array(event),
});

export interface Slice {
  readonly name: string;
  readonly ts: number;
  readonly end: number;
  readonly args: Readonly<Record<string, string | number | boolean>>;
}

/** A thread as a viewer shows it. */
export interface TraceThread {
  readonly name: string;
  readonly slices: readonly Slice[];
}

export interface TraceProcess {
  readonly name: string;
  /** In their order. */
  readonly threads: readonly TraceThread[];
  /** Name of counter and series → its values over time. */
  readonly counters: ReadonlyMap<string, readonly { readonly ts: number; readonly value: number }[]>;
}

/** An arrow from a slice to a slice, by their names. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

export interface Trace {
  /** In their order. */
  readonly processes: readonly TraceProcess[];
  readonly arrows: readonly Arrow[];
}

type Event = z.infer<typeof event>;

/** Reads a trace as a viewer does. @throws what the format forbids, or a viewer would show wrongly */
export function readTrace(text: string): Trace {
  const { traceEvents: events } = file.parse(JSON.parse(text));
  const timed = events.filter(({ ph }) => ph !== 'M');
  timed.forEach(({ ts }, index) => {
    if (ts < (timed[index - 1]?.ts ?? 0)) throw new Error(`event ${String(index)} is out of order`);
  });
  const pids = new Set(events.map(({ pid }) => pid));
  const tids = new Map(events.map(({ tid, pid }) => [tid, pid]));
  for (const { tid, pid } of events)
    if (tids.get(tid) !== pid || pids.has(tid))
      throw new Error(`thread ${String(tid)} is not one process's own`);
  const slices = new Map([...tids.keys()].map((tid) => [tid, slicesOf(events, tid)]));
  const processes = [...pids].map((pid) => ({
    sort: metadata(events, 'process_sort_index', ({ pid: own }) => own === pid),
    name: String(metadata(events, 'process_name', ({ pid: own }) => own === pid)),
    threads: [...tids]
      .filter(([, own]) => own === pid)
      .map(([tid]) => ({
        sort: Number(metadata(events, 'thread_sort_index', (one) => one.tid === tid)),
        name: String(metadata(events, 'thread_name', (one) => one.tid === tid)),
        slices: slices.get(tid) ?? [],
      }))
      .sort((a, b) => a.sort - b.sort)
      .map(({ name, slices: own }) => ({ name, slices: own })),
    counters: countersOf(events, pid),
  }));
  return {
    processes: processes
      .sort((a, b) => Number(a.sort) - Number(b.sort))
      .map(({ name, threads, counters }) => ({ name, threads, counters })),
    arrows: arrowsOf(events, slices),
  };
}

/** The one value of a metadata event. */
function metadata(
  events: readonly Event[],
  name: string,
  isMeant: (event: Event) => boolean,
): string | number {
  const found = events.filter((one) => one.ph === 'M' && one.name === name && isMeant(one));
  const values = found.flatMap((one) => Object.values(one.args));
  const [value] = values;
  if (values.length !== 1 || value === undefined || typeof value === 'boolean')
    throw new Error(`${String(values.length)} events ${name}`);
  return value;
}

/** Viewers draw slices of a thread on one line, so none may reach into the next. */
function slicesOf(events: readonly Event[], tid: number): readonly Slice[] {
  const slices = events.flatMap((one) =>
    one.ph === 'X' && one.tid === tid
      ? [{ name: one.name, ts: one.ts, end: one.ts + one.dur, args: one.args }]
      : [],
  );
  slices.forEach(({ name, ts }, index) => {
    if (ts < (slices[index - 1]?.end ?? 0)) throw new Error(`${name} begins in another slice`);
  });
  return slices;
}

function countersOf(events: readonly Event[], pid: number): TraceProcess['counters'] {
  const counters = new Map<string, { ts: number; value: number }[]>();
  for (const one of events) {
    if (one.ph !== 'C' || one.pid !== pid) continue;
    for (const [series, value] of Object.entries(one.args)) {
      const name = `${one.name} ${series}`;
      counters.set(name, [...(counters.get(name) ?? []), { ts: one.ts, value }]);
    }
  }
  return counters;
}

/** Both ends of an arrow hang on the slice that lies around them. */
function arrowsOf(events: readonly Event[], slices: ReadonlyMap<number, readonly Slice[]>): readonly Arrow[] {
  const around = ({ tid, ts }: Event): string => {
    const found = slices.get(tid)?.find((slice) => slice.ts <= ts && ts < slice.end);
    if (found === undefined) throw new Error('an arrow hangs on nothing');
    return found.name;
  };
  const starts = events.filter((one) => one.ph === 's');
  const ends = new Map(events.flatMap((one) => (one.ph === 'f' ? [[one.id, one] as const] : [])));
  if (ends.size !== starts.length) throw new Error('an arrow has one end');
  return starts.map((start) => {
    const end = ends.get(start.id);
    if (end === undefined || end.ts < start.ts) throw new Error('an arrow has one end, or goes back in time');
    return { from: around(start), to: around(end) };
  });
}
