/** Whether a record tells a size at all: 0 is what tools write that couldn't look. */
export function isPositive(bytes: number | undefined): bytes is number {
  return bytes !== undefined && bytes > 0;
}
