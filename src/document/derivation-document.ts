// The derivation of a network as a document: a template lays it out, sections fill it.

import type { Result } from '../engine/types.ts';
import { type Phrase, say, wordsOf } from '../lang/phrase.ts';
import type { Language } from '../lang/types.ts';
import type { Network } from '../model/spec.ts';
import { worldOf } from '../model/world.ts';
import type { World } from '../numeric/world.ts';
import type { Notation } from '../tables/notations.ts';
import type { Block, DocumentText } from './blocks.ts';
import { equationsCard } from './card.ts';
import {
  errorDisplay,
  forwardDisplay,
  forwardMatrixDisplay,
  functionsDisplay,
  lossDisplay,
} from './equations.ts';
import { fill } from './eta.ts';
import { equationFormula, tensorFormula } from './formulas.ts';
import { functionsIn, type Grain, headKey } from './grain.ts';
import { kinkNotes } from './kinks.ts';
import { laidOut, type Places, places } from './layout.ts';
import { drawnTensors, forwardValues, givenValues, layersTable, quantitiesTable } from './network-section.ts';
import { formulaReader } from './read-formula.ts';
import { anchorOf, type Form, headingOf, resultBlocks, type SectionOptions } from './result-section.ts';

export interface DocumentRequest {
  readonly network: Network;
  readonly results: readonly Result[];
  /** The template's text: eta over Markdown. */
  readonly template: string;
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
  grain: 'textbook',
  form: 'both',
  numbers: true,
  entry: null,
  digits: 4,
  shapes: false,
  finer: false,
} as const;

/** Lays out the document. Throws a `UserError` where the template asks for what there isn't. */
export function derivationDocument(r: DocumentRequest): DocumentText {
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
  const blocks = laidOut(fill(r.template, scopeOf(r, o, world, held)), held);
  const title = blocks.find((b) => b.kind === 'heading' && b.level === 1);
  return {
    title: title?.kind === 'heading' ? wordsOf(title.parts) : r.network.title,
    lang: r.language.htmlLang,
    blocks,
    words: r.language.format,
  };
}

/** The functions whose derivatives some results work out, or are. */
const functionsOf = (results: readonly Result[]): ReadonlySet<string> =>
  new Set(
    results.flatMap((r) => [
      headKey(r.goal) ?? '',
      ...r.cases.flatMap((c) =>
        [c.special, ...c.atStages].flatMap((s) => (s === null ? [] : functionsIn(s.derivation))),
      ),
    ]),
  );

/** What a template sees as `it`. Blocks and formulas become places; plain facts are what they are. */
function scopeOf(r: DocumentRequest, o: SectionOptions, world: World | null, held: Places): object {
  const { network, results, language } = r;
  const p = o.printing;
  const show = (blocks: readonly (Block | null)[]): string =>
    held.put({ blocks: blocks.filter((b) => b !== null) });
  const phrase = (parts: Phrase): string => held.put({ parts });
  const read = formulaReader(p);
  const values = world === null ? null : { world, printing: p, digits: r.digits };
  return {
    title: phrase(say`${network.title}`),
    layered: network.spec.kind === 'layers',
    widths: network.concrete?.widths ?? null,
    batch: network.spec.kind === 'layers' && network.spec.batch !== null,
    drawn: drawnTensors(network).map((t) => phrase(say`${tensorFormula(t, p)}`)),
    notes: network.notes.map((note) => phrase(say`${note}`)),
    lossName: network.loss === null ? null : (language.network.loss[network.loss] ?? network.loss),
    lossRow: network.loss,
    hasNumbers: world !== null,
    hasMatrix: r.form !== 'component' && forwardMatrixDisplay(p) !== null,
    hasFunctions: functionsDisplay(p) !== null,
    hasError: errorDisplay(p) !== null,
    hasCard: equationsCard(results, o) !== null,
    m: (text: string) => phrase(say`${read(text)}`),
    assumptions: network.system.identities.map((i) => phrase(say`${equationFormula(i.left, i.right, p)}`)),
    quantities: () => show([quantitiesTable(network, p, language)]),
    layers: () => show([layersTable(network, p, language)]),
    forward: () => show([forwardDisplay(p)]),
    forwardMatrix: () => show([forwardMatrixDisplay(p)]),
    functions: () => show([functionsDisplay(p)]),
    loss: () => show([lossDisplay(p)]),
    error: () => show([errorDisplay(p)]),
    given: () => show(values === null ? [] : givenValues(network, values)),
    computed: () =>
      show(
        values === null ? [] : [...forwardValues(network, values), ...kinkNotes(network, values, language)],
      ),
    card: () => show([equationsCard(results, o)]),
    results: results.map((result, i) => ({
      id: anchorOf(result.id),
      name: result.id,
      heading: phrase(headingOf(result, o)),
      body: () => show(resultBlocks(result, { ...o, known: functionsOf(results.slice(0, i)) })),
    })),
  };
}
