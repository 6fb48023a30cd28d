// A figure as a tikzpicture: the same coordinates, letters set by LaTeX. Needs the packages tikz and amsmath only.

import { BASELINE } from '../document/figures/measure.ts';
import type {
  Curve,
  Figure,
  Fill,
  Ink,
  Label,
  LabelPart,
  Line,
  Point,
  Shape,
  Stroke,
} from '../document/figures/shapes.ts';
import { unreachable } from '../expr/error.ts';
import { escapeTex, mathTex } from './latex-pen.ts';

/** Points to one unit: 16 units are a line of 10 pt. */
const UNIT = 0.625;

const INK: Readonly<Record<Ink, string>> = {
  plain: '24292F',
  faint: 'B4BAC2',
  forward: '1A56B0',
  backward: 'C24E00',
};
const FAINT_TEXT = '6A727C';
const FILL: Readonly<Record<Exclude<Fill, 'none' | 'solid'>, string>> = {
  ground: 'FFFFFF',
  pale: 'EEF0F3',
  'pale-forward': 'DFEAFB',
  'pale-backward': 'FDE8D7',
};
const colours: readonly (readonly [string, string])[] = [
  ...Object.entries(INK),
  ['faint-text', FAINT_TEXT],
  ...Object.entries(FILL),
];

const n = (x: number): string => String(Math.round(x * 100) / 100 + 0);
const point = (p: Point): string => `(${n(p.x)},${n(p.y)})`;
const colour = (name: string): string => `chainrule-${name}`;

/** The figure as one tikzpicture environment that brings its own colours. */
export function tikz(figure: Figure): string {
  const corner = point({ x: figure.width, y: figure.height });
  return [
    `% ${figure.title.replace(/\s+/g, ' ')}`,
    `\\begin{tikzpicture}[x=${UNIT}pt,y=-${UNIT}pt,>=stealth]`,
    ...colours.map(([name, hex]) => `\\definecolor{${colour(name)}}{HTML}{${hex}}`),
    `\\useasboundingbox (0,0) rectangle ${corner};`,
    ...figure.shapes.map(shapeTikz),
    '\\end{tikzpicture}',
    '',
  ].join('\n');
}

const bracket = (options: readonly string[]): string => {
  const given = options.filter((o) => o !== '');
  return given.length === 0 ? '' : `[${given.join(',')}]`;
};

function strokeOf(s: Stroke): string[] {
  if (s.weight === 0) return [];
  const dashes = s.dashed ? [`dash pattern=on ${n(6 * UNIT)}pt off ${n(4 * UNIT)}pt`] : [];
  return [`draw=${colour(s.ink)}`, `line width=${n(s.weight * UNIT)}pt`, ...dashes];
}

const fillOf = (fill: Fill, ink: Ink): string[] =>
  fill === 'none' ? [] : [`fill=${colour(fill === 'solid' ? ink : fill)}`];

function shapeTikz(s: Shape): string {
  switch (s.kind) {
    case 'circle':
      return `\\path${bracket([...fillOf(s.fill, s.stroke.ink), ...strokeOf(s.stroke)])} ${point(s.at)} circle[radius=${n(s.radius * UNIT)}pt];`;
    case 'rect': {
      const far = point({ x: s.at.x + s.width, y: s.at.y + s.height });
      const round = s.radius > 0 ? [`rounded corners=${n(s.radius * UNIT)}pt`] : [];
      return `\\path${bracket([...fillOf(s.fill, s.stroke.ink), ...strokeOf(s.stroke), ...round])} ${point(s.at)} rectangle ${far};`;
    }
    case 'line':
    case 'curve':
      return wayOf(s);
    case 'path':
      return `\\path${bracket([...strokeOf(s.stroke), 'line join=round'])} ${s.points.map(point).join(' -- ')};`;
    case 'label':
      return labelTikz(s);
    default:
      return unreachable(s);
  }
}

function wayOf(s: Line | Curve): string {
  const head = s.arrow ? ['->'] : [];
  const way = s.kind === 'line' ? '--' : `.. controls ${point(s.control[0])} and ${point(s.control[1])} ..`;
  return `\\path${bracket([...strokeOf(s.stroke), ...head])} ${point(s.from)} ${way} ${point(s.to)};`;
}

const ANCHOR = { start: 'base west', middle: 'base', end: 'base east' } as const;

function labelTikz(s: Label): string {
  const base = point({ x: s.at.x, y: s.at.y + BASELINE * s.size });
  const text = s.ink === 'faint' ? 'faint-text' : s.ink;
  const options = bracket([
    `anchor=${ANCHOR[s.anchor]}`,
    `inner sep=${s.patch ? '1pt' : '0pt'}`,
    s.patch ? `fill=${colour('ground')}` : '',
    `text=${colour(text)}`,
    sizeOf(s.size),
  ]);
  return `\\node${options} at ${base} {${s.parts.map(partTikz).join('')}};`;
}

/** LaTeX's own size next to a size in units. */
function sizeOf(units: number): string {
  const points = units * UNIT;
  if (points >= 9.5) return '';
  if (points >= 8.5) return 'font=\\small';
  return points >= 7.5 ? 'font=\\footnotesize' : 'font=\\scriptsize';
}

const partTikz = (p: LabelPart): string =>
  p.kind === 'math' ? `$${mathTex(p.formula)}$` : escapeTex(p.text);
