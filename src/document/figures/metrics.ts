// How wide characters are, in ems: an estimate on the wide side over the fonts a picture may be shown in.

export type Script = 0 | 1 | 2;

const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]/u, 1],
  [/[ijl'′.,:;|!ι ]/u, 0.33],
  [/[tfrsI()[\]-]/u, 0.41],
  [/[⊙⊘→…⋯∞W]/u, 1],
  [/[mwM½Δ∇⊤∗∈ω]/u, 0.86],
  [/[A-ZΑ-Ωℒℰ𝒩𝒥𝒞𝒟∑]/u, 0.77],
  [/[+−=<>≤≥≠≈×±∘•]/u, 0.76],
  [/[·ψ]/u, 0.62],
  [/[0-9‖{}/]/u, 0.51],
  [/[ⁱᵀ⁰-₟]/u, 0.42],
];
const OTHER = 0.57;

/** The width of one character. */
export function glyph(c: string): number {
  return CLASSES.find(([of]) => of.test(c))?.[1] ?? OTHER;
}

/** How far a slanted letter leans over its right end: what is raised after it starts beyond. */
export const lean = (c: string): number => (c === 'f' ? 0.16 : /[A-Z]/.test(c) ? 0.08 : 0);

/** What decides about the room round a sign. */
export type SpacedRole = 'letter' | 'upright' | 'binary' | 'relation' | 'open' | 'close';

/** Room at each side of a sign; none in scripts, nor for a minus with nothing before it. */
export function space(role: SpacedRole | 'fraction', prefix: boolean, depth: Script): number {
  if (depth > 0) return 0;
  if (role === 'relation') return 0.28;
  return role === 'binary' && !prefix ? 0.2 : 0;
}
