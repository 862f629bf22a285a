import * as z from 'zod';
import type { FollowEvent } from './follow-event.ts';

const instant = z.int().nonnegative().exactOptional();
const place = z.int().nonnegative().exactOptional();

/** A line that `debplan next --follow` reads. */
export const followSchema: z.ZodType<FollowEvent> = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('tick'), atMs: instant }),
  z.strictObject({
    event: z.enum(['started', 'finished', 'failed', 'retry']),
    id: z.string().min(1),
    atMs: instant,
    builder: z.string().min(1).exactOptional(),
    slot: place,
    mode: z.enum(['ram', 'disk']).exactOptional(),
    chroot: place,
    makeJobs: z.int().positive().exactOptional(),
  }),
]);
