import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { systemCode } from '../system-error.ts';
import { TooMuchData } from './damaged.ts';

const gunzipAsync = promisify(gunzip);

/** Unpacks gzip data of any number of members; Node's zlib checks each member's CRC and length. */
export async function unpackGzip(bytes: Uint8Array, mostBytes: number): Promise<Uint8Array> {
  try {
    return await gunzipAsync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    throw systemCode(error) === 'ERR_BUFFER_TOO_LARGE' ? new TooMuchData() : error;
  }
}
