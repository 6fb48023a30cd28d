// Reading and writing for the doors: a network by file, name or standard input; an output written whole or not at all.

import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from './expr/error.ts';
import { readStandardInput } from './standard-input.ts';

/** The largest input that is read, in bytes. */
const LARGEST = 16_000_000;

/** The text of a file, or of standard input for `-`. Throws one sentence where it can't be read. */
export function readInput(path: string): string {
  if (path === '-') return textOf(readAll(0, 'standard input'), 'standard input');
  if (!existsSync(path)) throw new UserError(`there is no file ${path}`);
  if (statSync(path).size > LARGEST) throw new UserError(`${path} is larger than ${LARGEST / 1e6} MB`);
  return textOf(readAll(path, path), path);
}

function readAll(from: string | number, name: string): Buffer {
  try {
    return from === 0 ? readStandardInput(LARGEST) : readFileSync(from);
  } catch (error) {
    throw new UserError(`${name} can't be read: ${reason(error)}`);
  }
}

/** UTF-8, with or without a byte order mark; UTF-16 where a mark says so. */
function textOf(bytes: Buffer, name: string): string {
  if (bytes.length > LARGEST) throw new UserError(`${name} is larger than ${LARGEST / 1e6} MB`);
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${name} is not text in UTF-8`);
  }
}

/**
 * The text of a file, its byte order mark with it: written again it is the same bytes. Throws one sentence where it can't be
 * read, or isn't UTF-8.
 */
export function readExactly(path: string): string {
  if (!existsSync(path)) throw new UserError(`there is no file ${path}`);
  if (isDevice(path)) throw new UserError(`${path} is no file`);
  if (statSync(path).size > LARGEST) throw new UserError(`${path} is larger than ${LARGEST / 1e6} MB`);
  const bytes = readAll(path, path);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new UserError(`${path} is text in UTF-16; save it as UTF-8`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UserError(`${path} is not text in UTF-8`);
  }
}

/** Throws where a file can't be written: before anything else is. */
export function checkOutput(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) throw new UserError(`${path} can't be written: there is no folder ${folder}`);
  if (existsSync(path) && statSync(path).isDirectory())
    throw new UserError(`${path} can't be written: it is a folder`);
}

/** Writes a file so that nothing half-written is ever seen: beside it first, then in its place, with the rights of the old one. */
export function writeOutput(path: string, text: string | Uint8Array): void {
  checkOutput(path);
  // A file is replaced where it really stands; a device such as /dev/null is written to, never replaced.
  if (isDevice(path)) writeThrough(path, text);
  else replace(existsSync(path) ? realpathSync(path) : path, text, path);
}

/** Whether a path is no place for a file: a device, a pipe. */
export const isDevice = (path: string): boolean =>
  existsSync(path) && !statSync(path).isFile() && !statSync(path).isDirectory();

function writeThrough(path: string, text: string | Uint8Array): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UserError(`${path} can't be written: ${reason(error)}`);
  }
}

function replace(path: string, text: string | Uint8Array, name: string): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    writeFileSync(beside, text, { flag: 'wx' });
    if (existsSync(path)) chmodSync(beside, statSync(path).mode & 0o7777);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new UserError(`${name} can't be written: ${reason(error)}`);
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is no folder'],
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk is read-only'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['EEXIST', 'another run is writing it'],
]);

/** Why the system refused, in words. */
function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS.get(code) ?? (code === '' ? 'the system refuses' : `the system says ${code}`);
}

/** The network files beside a path, for "did you mean". */
export function networkFilesBeside(path: string): string[] {
  const folder = dirname(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .slice(0, 200)
    .map((file) => (folder === '.' ? file : join(folder, file)));
}
