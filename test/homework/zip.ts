// Archives for tests, made by hand so that they can be wrong in every way.

import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/zip.ts';

export interface ZipEntry {
  readonly path: string | Uint8Array;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  /** What the list of files says, where that isn't so. */
  readonly size?: number;
  readonly check?: number;
  readonly flags?: number;
  readonly method?: number;
}

const bytesOf = (x: string | Uint8Array): Uint8Array =>
  typeof x === 'string' ? new TextEncoder().encode(x) : x;

/** A .zip of these entries; `count`: what its end says of their number. */
export function zipOf(entries: readonly ZipEntry[], count = entries.length): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const e of entries) {
    const content = bytesOf(e.content);
    const name = bytesOf(e.path);
    const packed = e.stored === true ? content : deflateRawSync(content);
    const fields = Buffer.alloc(24);
    fields.writeUInt16LE(e.flags ?? 0, 2);
    fields.writeUInt16LE(e.method ?? (e.stored === true ? 0 : 8), 4);
    fields.writeUInt32LE(e.check ?? crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(e.size ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.alloc(2), name, packed]);
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(at, 12);
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, name]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}
