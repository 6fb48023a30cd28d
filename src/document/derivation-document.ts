// A network's derivation as a document: the template of its purpose lays it out, sections fill it.

import type { Result } from '../engine/types.ts';
import { type Phrase, say, wordsOf } from '../lang/phrase.ts';
import type { Language } from '../lang/types.ts';
import { hasBatch } from '../model/layer-numbers.ts';
import type { Network } from '../model/spec.ts';
import { worldOf } from '../model/world.ts';
import type { World } from '../numeric/world.ts';
import { defaultConventions } from '../tables/conventions.ts';
import type { Notation } from '../tables/notations.ts';
import { blanked, gap } from './blanks.ts';
import type { Block, DocumentText, Front, Paper } from './blocks.ts';
import { equationsCard } from './card.ts';
import { asNumbers } from './course/parts.ts';
import { courseSections } from './course/sections.ts';
import {
  errorDisplay,
  forwardDisplay,
  forwardMatrixDisplay,
  functionsDisplay,
  lossDisplay,
} from './equations.ts';
import { fill } from './eta.ts';
import { equationFormula, tensorFormula } from './formulas.ts';
import { oneLine, onOneLine } from './front.ts';
import type { Grain } from './grain.ts';
import { kinkNotes } from './kinks.ts';
import { laidOut, type Places, places } from './layout.ts';
import { drawnTensors, forwardValues, givenValues, layersTable, quantitiesTable } from './network-section.ts';
import type { Blanks, Purpose, SectionName, TemplateName } from './purposes.ts';
import { formulaReader } from './read-formula.ts';
import {
  anchorOf,
  type Form,
  functionsOf,
  headingOf,
  resultBlocks,
  type SectionOptions,
} from './result-section.ts';
import type { Hands, SectionContext } from './section.ts';

export interface DocumentRequest {
  readonly network: Network;
  readonly results: readonly Result[];
  /** Which template lays the document out. */
  readonly purpose: Purpose;
  /** A template's text, eta over Markdown. */
  readonly template: (name: TemplateName) => string;
  /** The sections of a course that are wanted; null: all. */
  readonly sections: ReadonlySet<SectionName> | null;
  /** What the document is called: the network's title, unless the caller has another. */
  readonly title: string;
  readonly front: Front;
  readonly paper: Paper;
  /** What is left for the reader to fill in. */
  readonly blanks: ReadonlySet<Blanks>;
  readonly language: Language;
  readonly notation: Notation;
  readonly grain: Grain;
  readonly form: Form;
  /** Whether numbers stand beside the lines, where the network has them. */
  readonly numbers: boolean;
  /** Slots of the entry whose numbers are shown, from 1; null: the first. */
  readonly entry: readonly number[] | null;
  readonly digits: number;
  readonly shapes: boolean;
  /** Whether each line carries the finer steps folded into it: for formats that can fold them. */
  readonly finer: boolean;
}

/** What every request starts from. */
export const documentDefaults = {
  purpose: 'derivation',
  sections: null,
  front: { author: null, course: null, date: null, licence: null },
  paper: 'a4',
  blanks: new Set<Blanks>(),
  grain: 'textbook',
  form: 'both',
  numbers: true,
  entry: null,
  digits: 4,
  shapes: false,
  finer: false,
} as const;

/** Lays out the document. Throws a `UserError` where the template asks for what there isn't. */
export function derivationDocument(request: DocumentRequest): DocumentText {
  const r = { ...request, title: oneLine(request.title), front: onOneLine(request.front) };
  const world = r.numbers && r.network.concrete !== null ? worldOf(r.network) : null;
  const o: SectionOptions = {
    printing: { notation: r.notation, system: r.network.system },
    language: r.language,
    grain: r.grain,
    form: r.form,
    finer: r.finer,
    world,
    entry: r.entry,
    digits: r.digits,
    shapes: r.shapes,
    known: new Set(),
  };
  const held = places();
  const filled = fill(r.template(r.purpose), scopeOf(r, o, world, held));
  const blocks = blanked(laidOut(filled, held), r.blanks);
  const title = blocks.find((b) => b.kind === 'heading' && b.level === 1);
  return {
    title: title?.kind === 'heading' ? wordsOf(title.parts) : r.title,
    lang: r.language.htmlLang,
    front: r.front,
    paper: r.paper,
    blocks,
    words: r.language.format,
  };
}

/** What a template sees as `it`. Blocks and formulas become places; plain facts are what they are. */
function scopeOf(r: DocumentRequest, o: SectionOptions, world: World | null, held: Places): object {
  const { network, results, language } = r;
  const p = o.printing;
  const show = (blocks: readonly (Block | null)[]): string =>
    held.put({ blocks: blocks.filter((b) => b !== null) });
  const phrase = (parts: Phrase): string => held.put({ parts });
  const read = formulaReader(p);
  const values = world === null ? null : { world, printing: p, digits: r.digits };
  const scope = {
    title: phrase(say`${r.title}`),
    layered: network.spec.kind === 'layers',
    widths: network.concrete?.widths ?? null,
    batch: network.spec.kind === 'layers' && hasBatch(network.system),
    numbering: numbering(r),
    drawn: drawnTensors(network).map((t) => phrase(say`${tensorFormula(t, p)}`)),
    notes: network.notes.map((note) => phrase(language.network.note(note))),
    lossName: network.loss === null ? null : (language.network.loss[network.loss] ?? network.loss),
    lossRow: network.loss,
    hasNumbers: world !== null,
    digits: r.digits,
    blanks: r.blanks,
    gap: (quads: number) => phrase(say`${gap(quads)}`),
    hasMatrix: r.form !== 'component' && forwardMatrixDisplay(p) !== null,
    hasFunctions: functionsDisplay(p) !== null,
    hasError: errorDisplay(p) !== null,
    hasCard: equationsCard(results, o) !== null,
    m: (text: string) => phrase(say`${read(text)}`),
    assumptions: network.system.identities.map((i) => phrase(say`${equationFormula(i.left, i.right, p)}`)),
    quantities: () => show([quantitiesTable(network, p, language)]),
    layers: () => show([layersTable(network, p, language)]),
    forward: () => show([forwardDisplay(p, network.conventions)]),
    forwardMatrix: () => show([forwardMatrixDisplay(p, network.conventions)]),
    functions: () => show([functionsDisplay(p)]),
    loss: () => show([lossDisplay(p)]),
    error: () => show([errorDisplay(p)]),
    given: () => show(values === null ? [] : givenValues(network, values)),
    computed: () =>
      show(
        values === null
          ? []
          : [...asNumbers(forwardValues(network, values)), ...kinkNotes(network, values, language)],
      ),
    card: () => show([equationsCard(results, o)]),
    results: results.map((result, i) => ({
      id: anchorOf(result.id),
      name: result.id,
      heading: phrase(headingOf(result, o)),
      body: () => show(resultBlocks(result, { ...o, known: functionsOf(results.slice(0, i)) })),
    })),
  };
  const context: SectionContext = { network, results, options: o };
  return { ...scope, ...sectionCalls(r, context, { show, phrase }, scope) };
}

/** What the words about layers and weights depend on: the convention, and where the notation puts a layer's number. */
function numbering({ network, notation }: DocumentRequest): object {
  const c = network.conventions ?? defaultConventions;
  const ends = c.weightLayer === 'end';
  return {
    first: c.firstLayer,
    above: notation.stage.place === 'superscript',
    weight: c.weights === 'out-in' ? 'w[l][j,k]' : 'w[l][k,j]',
    from: ends ? 'l-1' : 'l',
    to: ends ? 'l' : 'l+1',
    errorOf: c.delta,
  };
}

/** `it.wants(name)` and `it.section(name)`: a section's template, filled with the section's own functions as `it.s`. */
function sectionCalls(r: DocumentRequest, context: SectionContext, hands: Hands, scope: object): object {
  const wants = (name: SectionName): boolean => r.sections === null || r.sections.has(name);
  const section = (name: SectionName): string =>
    wants(name)
      ? fill(r.template(`sections/${name}`), { ...scope, wants, s: courseSections[name](context, hands) })
      : '';
  // A section's functions for the templates of other purposes.
  const part = (name: SectionName): object => courseSections[name](context, hands);
  return { wants, section, part };
}
