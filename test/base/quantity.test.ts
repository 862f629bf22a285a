import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, parseBytes, parseDuration } from '../../src/base/quantity.ts';

const KIB = 1024;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const MINUTE = 60_000;
const HOUR = 3_600_000;

describe('parseBytes', () => {
  it.each([
    ['39GB', 39 * GIB],
    ['15G', 15 * GIB],
    ['18 GiB', 18 * GIB],
    [' 18gib ', 18 * GIB],
    ['512MiB', 512 * MIB],
    ['1.5G', 1.5 * GIB],
    ['3k', 3 * KIB],
    ['2 TB', 2 * 1024 ** 4],
    ['1p', 1024 ** 5],
    ['1048576', MIB],
    ['7B', 7],
    ['0', 0],
    ['0.3k', 307],
  ])('reads %s by powers of 1024', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });
  it.each([
    ['', 'nothing'],
    ['GB', 'no number'],
    ['-1', 'a negative size'],
    ['+1', 'a sign'],
    ['1,5G', 'a decimal comma'],
    ['1.G', 'a point without digits'],
    ['.5G', 'a point without digits before it'],
    ['1e9', 'an exponent'],
    ['0x10', 'a hexadecimal number'],
    ['5GG', 'two prefixes'],
    ['5 G B', 'a blank inside the unit'],
    ['5E', 'a prefix beyond peta'],
    ['9000000P', 'more than a safe integer'],
    ['5G\n6G', 'two lines'],
  ])("refuses '%s': %s", (text) => {
    expect(parseBytes(text)).toBeUndefined();
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [39 * GIB, '39 GiB'],
    [100.5 * GIB, '101 GiB'],
    [1.04 * MIB, '1.0 MiB'],
    [2048 * 1024 ** 5, '2048 PiB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
  it.each([
    [MIB - 1, '1.0 MiB'],
    [GIB - 1, '1.0 GiB'],
    [99.97 * GIB, '100 GiB'],
  ])('never prints 1024 of a smaller unit, nor a decimal beyond 100: %d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('parseDuration', () => {
  it.each([
    ['1h30m', 90 * MINUTE],
    ['45m', 45 * MINUTE],
    ['45min', 45 * MINUTE],
    ['90s', 90_000],
    ['2.5h', 2.5 * HOUR],
    ['250ms', 250],
    ['1d 2h 3m 4s 5ms', 26 * HOUR + 3 * MINUTE + 4005],
    ['1H30M', 90 * MINUTE],
    ['90', 90_000],
    ['0.5', 500],
    ['0', 0],
  ])('reads %s', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });
  it.each(['', 'h', '1h30', '-1h', '1 hour', '1:30', '1,5h', '1e3', '1h m', '99999999999999999999'])(
    "refuses '%s'",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0ms'],
    [250, '250ms'],
    [999, '999ms'],
    [1000, '1s'],
    [59_499, '59s'],
    [59_999, '1m 00s'],
    [200_000, '3m 20s'],
    [3_599_600, '1h 00m'],
    [2 * HOUR + 5 * MINUTE, '2h 05m'],
    [24 * HOUR - 20_000, '1d 00h'],
    [26 * HOUR, '1d 02h'],
    [240 * HOUR, '10d 00h'],
  ])('writes %d as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});
