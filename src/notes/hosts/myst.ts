// The directive and the role of MyST. mystmd calls them for each place of a page, all directives first.

import type { Field } from '../../model/fields.ts';
import type { SpecSource } from '../../model/spec.ts';
import { attributeNames } from '../attributes.ts';
import type { Notebook } from '../notebook.ts';
import { pieceAt, placed } from '../place.ts';
import { roleOf } from '../role.ts';
import { noteError, type Origin, readBody, readLine, together } from '../written.ts';
import { attempt, type Complaint } from './attempt.ts';
import { hostBlocks } from './host-blocks.ts';
import { errorBlock, errorInline, inlineMath, type MystNode, mystOf } from './myst-ast.ts';

/** What is used of the virtual file of a page; all places of one page are called with the same. */
export interface MystFile {
  readonly path?: string | undefined;
  readonly cwd?: string | undefined;
  readonly data: object;
  message(reason: string, place?: object): { fatal?: boolean | null | undefined };
}

/** The node that stands in the tree for a directive or a role. */
interface CallNode {
  readonly position?: { readonly start: { readonly line: number; readonly column: number } };
  readonly options?: Readonly<Record<string, unknown>>;
  readonly children?: readonly (CallNode & { readonly type?: string; readonly name?: string })[];
}

export interface DirectiveCall {
  readonly node: CallNode;
  readonly arg?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly body?: string;
}
export interface RoleCall {
  readonly node: CallNode;
  readonly body?: string;
}

/** What mystmd loads. A spec's `type` is the kind of its text: as it is written. */
export interface MystPlugin {
  readonly name: string;
  readonly directives: readonly {
    readonly name: string;
    readonly doc: string;
    readonly arg: { readonly type: StringConstructor; readonly doc: string };
    readonly options: Readonly<Record<string, { readonly type: StringConstructor }>>;
    readonly body: { readonly type: StringConstructor; readonly doc: string };
    readonly run: (call: DirectiveCall, file: MystFile) => MystNode[];
  }[];
  readonly roles: readonly {
    readonly name: string;
    readonly doc: string;
    readonly body: { readonly type: StringConstructor; readonly required: true };
    readonly run: (call: RoleCall, file: MystFile) => MystNode[];
  }[];
}

/** What a door hands in for a page: where its networks are, how messages call it, and the head of its text, read into the book. */
export interface MystHost {
  readonly open: (file: MystFile) => {
    readonly name: string;
    readonly book: Notebook;
    readonly readHead: () => void;
  };
}

export function mystPlugin(host: MystHost): MystPlugin {
  return {
    name: 'chainrule',
    directives: [
      {
        name: 'chainrule',
        doc: 'The equations of backpropagation of a network, derived line by line.',
        arg: {
          type: String,
          doc: 'What to derive: bp1 to bp4, dC/dw[l] and others; several with spaces between.',
        },
        options: Object.fromEntries(attributeNames.map((name) => [name, { type: String }])),
        body: { type: String, doc: 'The options as YAML.' },
        run: (call, file) => directive(call, file, pageOf(file, host)),
      },
    ],
    roles: [
      {
        name: 'bp',
        doc: 'A formula in running text: bp2, bp2.rhs, delta[2][1].',
        body: { type: String, required: true },
        run: (call, file) => role(call, file, pageOf(file, host)),
      },
    ],
  };
}

interface MystPage {
  readonly name: string;
  readonly book: Notebook;
  /** What is wrong in the head, until it is shown. */
  complaint: Complaint | null;
}

const KEY = 'chainrule';

/** A page's state is kept in its virtual file. */
function pageOf(file: MystFile, host: MystHost): MystPage {
  const kept: unknown = Reflect.get(file.data, KEY);
  if (isPage(kept)) return kept;
  const { name, book, readHead } = host.open(file);
  const { complaint } = attempt({ file: name, line: 1, column: 1 }, readHead);
  if (complaint !== null) tell(complaint, file);
  const page: MystPage = { name, book, complaint };
  Reflect.set(file.data, KEY, page);
  return page;
}

const isPage = (kept: unknown): kept is MystPage =>
  typeof kept === 'object' && kept !== null && 'book' in kept && 'complaint' in kept;

function directive(call: DirectiveCall, file: MystFile, page: MystPage): MystNode[] {
  const origin = originOf(call.node, page.name);
  const found = attempt(origin, () =>
    mystOf(hostBlocks(pieceAt(page.book, () => fieldOf(call, origin), origin))),
  );
  const head = page.complaint;
  page.complaint = null;
  return [
    ...(head === null ? [] : [errorBlock(head)]),
    ...(found.complaint === null ? found.value : [complained(found.complaint, errorBlock, file)]),
  ];
}

function role(call: RoleCall, file: MystFile, page: MystPage): MystNode[] {
  const origin = originOf(call.node, page.name);
  const found = attempt(origin, () => placed(origin, () => roleOf(page.book, call.body ?? '', origin)).latex);
  return [
    found.complaint === null ? inlineMath(found.value) : complained(found.complaint, errorInline, file),
  ];
}

function complained(
  complaint: Complaint,
  shown: (complaint: Complaint) => MystNode,
  file: MystFile,
): MystNode {
  tell(complaint, file);
  return shown(complaint);
}

/** As an error, so that a strict build fails. */
function tell({ reason, line, column }: Complaint, file: MystFile): void {
  const point = { line, column };
  file.message(reason, { start: point, end: point }).fatal = true;
}

function originOf({ position }: CallNode, file: string): Origin {
  const { line, column } = position?.start ?? { line: 1, column: 1 };
  return { file, line, column };
}

/** The argument, the options (unknown ones too, which mystmd leaves out of its own), and a body of YAML. */
function fieldOf({ node, arg, options, body }: DirectiveCall, origin: Origin): Field {
  const source: SpecSource = {
    error: (path, message) => noteError(optionOrigin(node, String(path[0]), origin), message),
  };
  // A switch without a value is on.
  const values = Object.entries({ ...node.options, ...options }).map(([key, v]) => [key, v === '' ? '1' : v]);
  const given: Field = { value: Object.fromEntries(values), path: [], source };
  const below = node.children?.find((c) => c.type === 'mystDirectiveBody')?.position?.start.line;
  const line = readLine(arg ?? '', origin);
  return together(
    together(line, given),
    readBody(body ?? '', { ...origin, line: below ?? origin.line, column: 1 }),
  );
}

function optionOrigin(node: CallNode, name: string, origin: Origin): Origin {
  const option = node.children?.find((c) => c.type === 'mystOption' && c.name === name);
  return option === undefined ? origin : originOf(option, origin.file);
}
