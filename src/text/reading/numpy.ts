import { ReadError } from '../read-error.ts';
import type { Letters } from './letters.ts';
import type { Surface } from './surface.ts';
export function numpyStatements(text: string, _letters: Letters): Surface[] { throw new ReadError(text, {offset:0,length:1}, 'numpy not yet'); }
