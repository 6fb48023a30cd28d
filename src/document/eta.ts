// Templates: eta with nothing escaped and nothing in scope but `it`, so that LaTeX's braces and backslashes stay.

import { Eta } from 'eta/core';

const eta = new Eta({ autoEscape: false, useWith: false, cache: false, autoTrim: [false, false] });

/** Fills a template. Templates are trusted: they are code. */
export const fill = (template: string, it: object): string => eta.renderString(template, it);
