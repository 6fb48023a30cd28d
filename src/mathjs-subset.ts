// What is loaded of mathjs, in one place, so that it is one chunk of its own that only formulas ask for.

export { all, create } from 'mathjs';
