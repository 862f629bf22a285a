import { expect } from 'vitest';

/** Names of all elements, those that are open at the end of a text that isn't well-formed last. */
export function openElements(svg: string): readonly string[] {
  const open: string[] = [];
  for (const [, close, name = '', isEmpty] of svg.matchAll(/<(\/?)([a-z]+)(?:[^<>]*?)(\/?)>/gi)) {
    if (close === '/') expect(open.pop()).toBe(name);
    else if (isEmpty !== '/') open.push(name);
  }
  return open;
}
