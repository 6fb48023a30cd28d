// Reading a .zip of submissions: stored and deflated files, within limits, and none that names a place outside.

import { inflateRawSync } from 'node:zlib';
import { UserError } from './expr/error.ts';

export interface ZipFile {
  /** Parts joined by `/`, never leading out of the archive. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is taken from one archive: files, and bytes when they are unpacked. */
export const ZIP_LIMITS = { files: 2_000, bytes: 20_000_000 } as const;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const STORED = 0;
const DEFLATED = 8;

type Fault = (what: string) => UserError;

/** The files of an archive, folders left out. Throws a `UserError` for one that is broken, too large, or leads outside. */
export function readZip(archive: Uint8Array, name: string): readonly ZipFile[] {
  const fault: Fault = (what) => new UserError(`${name}: ${what}`);
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const { count, start } = directory(view, fault);
  if (count > ZIP_LIMITS.files)
    throw fault(`the archive holds ${count} files; at most ${ZIP_LIMITS.files} are taken`);
  const files = new Map<string, Uint8Array>();
  let at = start;
  let left: number = ZIP_LIMITS.bytes;
  for (let i = 0; i < count; i++) {
    const entry = entryAt(view, archive, at, fault);
    at = entry.next;
    if (entry.path.endsWith('/')) continue;
    const path = safePath(entry.path, fault);
    if (files.has(path)) throw fault(`the archive holds ${shown(path)} twice`);
    const bytes = contentOf(view, archive, entry, left, fault);
    left -= bytes.length;
    files.set(path, bytes);
  }
  return [...files].map(([path, bytes]) => ({ path, bytes }));
}

const shown = (path: string): string => JSON.stringify(path.slice(0, 100));

/** The end record stands at the end, before a comment of at most 65,535 bytes. */
function directory(view: DataView, fault: Fault): { count: number; start: number } {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (
      view.getUint32(at, true) !== END ||
      at + END_LENGTH + view.getUint16(at + 20, true) !== view.byteLength
    )
      continue;
    const [count, start] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    if (count === 0xffff || start === 0xffffffff)
      throw fault('archives of the large kind (zip64) are not taken');
    return { count, start };
  }
  throw fault('this is no zip archive, or it is cut off');
}

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly check: number;
  readonly packed: number;
  readonly size: number;
  readonly local: number;
  readonly next: number;
}

function entryAt(view: DataView, archive: Uint8Array, at: number, fault: Fault): Entry {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY)
    throw fault('its list of files is broken');
  const [name, extra, comment] = [28, 30, 32].map((o) => view.getUint16(at + o, true));
  const from = at + 46;
  const next = from + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  if (next > view.byteLength) throw fault('its list of files is broken');
  if ((view.getUint16(at + 8, true) & 1) !== 0) throw fault('the archive is encrypted');
  return {
    path: nameOf(archive.subarray(from, from + (name ?? 0))),
    method: view.getUint16(at + 10, true),
    check: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    local: view.getUint32(at + 42, true),
    next,
  };
}

/** UTF-8 where it is; otherwise GBK, as Chinese Windows packs. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function safePath(path: string, fault: Fault): string {
  const parts = path.split(/[/\\]/);
  const outside = parts.some((p) => p === '..' || p === '') || /^[A-Za-z]:|\p{Cc}/u.test(path);
  if (outside) throw fault(`the archive names a place outside itself: ${shown(path)}`);
  return parts.filter((p) => p !== '.').join('/');
}

function contentOf(view: DataView, archive: Uint8Array, e: Entry, left: number, fault: Fault): Uint8Array {
  const tooLarge = fault(`unpacked, the archive is larger than ${ZIP_LIMITS.bytes / 1e6} MB`);
  if (e.size > left) throw tooLarge;
  if (e.local + 30 > view.byteLength || view.getUint32(e.local, true) !== LOCAL)
    throw fault(`${shown(e.path)} is broken`);
  const from = e.local + 30 + view.getUint16(e.local + 26, true) + view.getUint16(e.local + 28, true);
  const packed = archive.subarray(from, from + e.packed);
  if (packed.length !== e.packed) throw fault(`${shown(e.path)} is cut off`);
  if (e.method !== STORED && e.method !== DEFLATED)
    throw fault(`${shown(e.path)} is packed in a way that is not taken (method ${e.method})`);
  const bytes = e.method === STORED ? packed : inflated(packed, e, fault);
  if (bytes.length !== e.size || crc32(bytes) !== e.check) throw fault(`${shown(e.path)} is broken`);
  return bytes;
}

/** Never unpacks more than the list of files says. */
function inflated(packed: Uint8Array, e: Entry, fault: Fault): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, e.size) });
  } catch {
    throw fault(`${shown(e.path)} is broken`);
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** The check sum of zip files (CRC-32). */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (CRC_TABLE[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
