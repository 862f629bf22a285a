import { afterEach, describe, expect, it } from 'vitest';
import { onInterrupt } from '../../src/run/this-runner.ts';

const heard: string[] = [];
let silence: () => void = () => undefined;

afterEach(() => {
  silence();
  heard.length = 0;
});

function listen(): void {
  silence = onInterrupt(
    () => heard.push('asked'),
    () => heard.push('dead'),
  );
}

describe('a runner', () => {
  it('is asked twice by Ctrl-C, and ends at the third', () => {
    listen();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGINT'] as const) process.emit(signal, signal);
    expect(heard).toEqual(['asked', 'asked', 'dead']);
  });

  it('takes a closed terminal for one question, however often it is told', () => {
    listen();
    for (let time = 0; time < 3; time++) process.emit('SIGHUP', 'SIGHUP');
    expect(heard).toEqual(['asked']);
    process.emit('SIGINT', 'SIGINT');
    expect(heard).toEqual(['asked', 'asked']);
  });
});
