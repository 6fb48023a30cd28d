// Which attribute of a piece a mistake is about: its place is found where the attributes were read.

import { UserError } from '../expr/error.ts';
import type { Field } from '../model/fields.ts';
import { TargetError } from '../results/targets.ts';
import { ReadError } from '../text/read-error.ts';
import type { PieceOptions } from './attributes.ts';
import { isPlaced } from './written.ts';

/** A mistake in the value of one attribute. */
class AttributeError extends UserError {
  readonly attribute: keyof PieceOptions;
  readonly column: number;

  /** `column`: which character of the value it is about, from 1. */
  constructor(attribute: keyof PieceOptions, message: string, column = 1) {
    super(message);
    this.attribute = attribute;
    this.column = column;
  }
}

/**
 * Runs something with an attribute's value; a mistake without a place of its own is about that attribute, or with `null` about
 * the one that it names itself.
 */
export function about<T>(attribute: keyof PieceOptions | null, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TargetError) throw new AttributeError(error.what, error.sentence, error.column);
    if (attribute === null) throw error;
    if (error instanceof ReadError) throw new AttributeError(attribute, error.sentence);
    if (error instanceof UserError && !isPlaced(error.message))
      throw new AttributeError(attribute, error.message);
    throw error;
  }
}

/** Runs something with the attributes of a field; a mistake about one that is written there says its place. */
export function atAttributes<T>({ value, source }: Field, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const isHere =
      error instanceof AttributeError &&
      typeof value === 'object' &&
      value !== null &&
      Object.hasOwn(value, error.attribute);
    throw isHere ? source.error([error.attribute], error.message, { column: error.column }) : error;
  }
}
