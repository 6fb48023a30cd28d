// Lines of LaTeX without a `\\` between them: a line break is a space in TeX, but people write one step a line.

/** What stands in braces, from the inside out, as one character: scripts and arguments of any depth. */
function flattened(text: string): string {
  let flat = text;
  for (let before = ''; before !== flat; ) {
    before = flat;
    flat = flat.replace(/\{[^{}]*\}/g, '§');
  }
  return flat;
}

const SCRIPT = String.raw`(?:\s*[_^]\s*(?:§|\\?[A-Za-z]+|\d)|'|\\prime|§)*`;
/** One quantity or one derivative before an equal sign. */
const LONE_LEFT = new RegExp(
  String.raw`^\s*(?:\\[dt]?frac\s*§\s*§|\\nabla${SCRIPT}\s*\\?[A-Za-z]+${SCRIPT}|(?:\\[A-Za-z]+|[A-Za-z])${SCRIPT})\s*&?\s*(?:=|:=|\\equiv)`,
);

/**
 * Whether a statement begins behind the line break before `at`: what stands before has an equal sign and is closed, and the
 * line has one quantity on its left. `a = b` broken before a factor goes on.
 */
export function beginsStatement(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const end = text.indexOf('\n', at);
  const line = text.slice(at, end < 0 ? text.length : end);
  if (!line.includes('=') && !line.includes('\\equiv')) return false;
  const flat = flattened(before.replace(/\\[{}]/g, ''));
  const closed = !/[{}]/.test(flat) && !/\\begin§(?![\s\S]*\\end§)/.test(flat);
  const said = flat.slice(flat.lastIndexOf('\\\\') + 1);
  const open = /(?:[-+=*/,(]|\\(?:odot|cdot|times|circ|left))\s*$/.test(said);
  return closed && !open && said.includes('=') && LONE_LEFT.test(flattened(line));
}
