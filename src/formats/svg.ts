// A figure as SVG: text is text, colours go with dashes so that grey tells them apart, and a white ground stands on dark pages.

import { BASELINE, boxOf } from '../document/figures/measure.ts';
import { type Run, runsOf } from '../document/figures/runs.ts';
import type {
  Curve,
  Figure,
  Fill,
  Ink,
  Label,
  Line,
  Point,
  Shape,
  Stroke,
} from '../document/figures/shapes.ts';
import { unreachable } from '../expr/error.ts';

const INK: Readonly<Record<Ink, string>> = {
  plain: '#24292f',
  faint: '#b4bac2',
  forward: '#1a56b0',
  backward: '#c24e00',
};
/** Text in faint ink must still be read. */
const FAINT_TEXT = '#6a727c';
const FILL: Readonly<Record<Exclude<Fill, 'none' | 'solid'>, string>> = {
  ground: '#ffffff',
  pale: '#eef0f3',
  'pale-forward': '#dfeafb',
  'pale-backward': '#fde8d7',
};
/** Text fonts before mathematical ones, for their italics; Chinese ones last, for their wide signs. */
const FONTS =
  "'Latin Modern Roman','STIX Two Text',Cambria,'Times New Roman','Liberation Serif'," +
  "'Latin Modern Math','STIX Two Math','Cambria Math','Noto Serif CJK SC','Songti SC',SimSun,serif";

/** Two decimals, no trailing zeros. */
const n = (x: number): string => String(Math.round(x * 100) / 100 + 0);
const point = (p: Point): string => `${n(p.x)} ${n(p.y)}`;
const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&quot;'));

/** The figure as one SVG element with a title and a description; `lang` as XML names languages. */
export function svg(figure: Figure, lang?: string): string {
  const { id, width, height } = figure;
  const size = `viewBox="0 0 ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}"`;
  const spoken = `role="img" aria-labelledby="${escapeXml(id)}-title ${escapeXml(id)}-desc"`;
  const language = lang === undefined ? '' : ` xml:lang="${escapeXml(lang)}" lang="${escapeXml(lang)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${spoken}${language}>`,
    `<title id="${escapeXml(id)}-title">${escapeXml(figure.title)}</title>`,
    `<desc id="${escapeXml(id)}-desc">${escapeXml(figure.description)}</desc>`,
    `<rect x="0.5" y="0.5" width="${n(width - 1)}" height="${n(height - 1)}" rx="8" fill="#ffffff" stroke="#d8dde3"/>`,
    `<g fill="none" stroke-linecap="butt" font-family="${FONTS}">`,
    ...figure.shapes.map(shapeSvg),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function strokeOf(s: Stroke): string {
  if (s.weight === 0) return '';
  const dashes = s.dashed ? ' stroke-dasharray="6 4"' : '';
  return ` stroke="${INK[s.ink]}" stroke-width="${n(s.weight)}"${dashes}`;
}

function fillOf(fill: Fill, ink: Ink): string {
  if (fill === 'none') return '';
  return ` fill="${fill === 'solid' ? INK[ink] : FILL[fill]}"`;
}

function shapeSvg(s: Shape): string {
  switch (s.kind) {
    case 'circle':
      return `<circle cx="${n(s.at.x)}" cy="${n(s.at.y)}" r="${n(s.radius)}"${fillOf(s.fill, s.stroke.ink)}${strokeOf(s.stroke)}/>`;
    case 'rect': {
      const corner = `x="${n(s.at.x)}" y="${n(s.at.y)}" width="${n(s.width)}" height="${n(s.height)}"`;
      const round = s.radius > 0 ? ` rx="${n(s.radius)}"` : '';
      return `<rect ${corner}${round}${fillOf(s.fill, s.stroke.ink)}${strokeOf(s.stroke)}/>`;
    }
    case 'line':
    case 'curve':
      return wayOf(s);
    case 'path':
      return `<path d="M${s.points.map(point).join('L')}" stroke-linejoin="round"${strokeOf(s.stroke)}/>`;
    case 'label':
      return labelSvg(s);
    default:
      return unreachable(s);
  }
}

/** A line or curve; with an arrowhead it ends where the head begins. */
function wayOf(s: Line | Curve): string {
  const before = s.kind === 'line' ? s.from : s.control[1];
  const length = Math.hypot(s.to.x - before.x, s.to.y - before.y) || 1;
  const [ux, uy] = [(s.to.x - before.x) / length, (s.to.y - before.y) / length];
  const head = 5.5 + 1.6 * s.stroke.weight;
  const half = 2.2 + 0.8 * s.stroke.weight;
  const back = (by: number, aside: number): Point => ({
    x: s.to.x - ux * by - uy * aside,
    y: s.to.y - uy * by + ux * aside,
  });
  const end = s.arrow ? back(head * 0.75, 0) : s.to;
  const way = s.kind === 'line' ? `L${point(end)}` : `C${s.control.map(point).join(' ')} ${point(end)}`;
  const drawn = `<path d="M${point(s.from)}${way}"${strokeOf(s.stroke)}/>`;
  if (!s.arrow) return drawn;
  const tip = [s.to, back(head, half), back(head * 0.75, 0), back(head, -half)].map(point).join('L');
  return `${drawn}<path d="M${tip}Z" fill="${INK[s.stroke.ink]}"/>`;
}

function labelSvg(s: Label): string {
  const anchor = s.anchor === 'start' ? '' : ` text-anchor="${s.anchor}"`;
  const colour = s.ink === 'faint' ? FAINT_TEXT : INK[s.ink];
  const place = `x="${n(s.at.x)}" y="${n(s.at.y + BASELINE * s.size)}" font-size="${n(s.size)}"`;
  return `${s.patch ? patch(s) : ''}<text ${place}${anchor} fill="${colour}">${runsSvg(runsOf(s.parts), s.size)}</text>`;
}

/** The ground behind a label's letters. */
function patch(s: Label): string {
  const { left, right, top, bottom } = boxOf(s);
  const corner = `x="${n(left - 2)}" y="${n(top - 1)}" width="${n(right - left + 4)}" height="${n(bottom - top + 2)}"`;
  return `<rect ${corner} rx="3" fill="#ffffff"/>`;
}

/** Runs follow one another; dx and dy say where one does not begin where the last one ended. */
function runsSvg(runs: readonly Run[], size: number): string {
  let x = 0;
  let rise = 0;
  return runs
    .map((r) => {
      const dx = Math.abs(r.x - x) > 1e-6 ? ` dx="${n((r.x - x) * size)}"` : '';
      const dy = r.rise !== rise ? ` dy="${n((rise - r.rise) * size)}"` : '';
      const scale = r.scale === 1 ? '' : ` font-size="${n(r.scale * size)}"`;
      const italic = r.italic ? ' font-style="italic"' : '';
      x = r.x + r.width;
      rise = r.rise;
      const look = `${dx}${dy}${scale}${italic}`;
      return look === '' ? escapeXml(r.text) : `<tspan${look}>${escapeXml(r.text)}</tspan>`;
    })
    .join('');
}
