// Styles of KaTeX's spans as classes: the same few hundred stand in a page tens of thousands of times.

const STYLED = /<span(?: class="([^"]*)")? style="([^"]*)">/g;

/** The body with a class for each style, and the rules of these classes. They count as much as a style in place. */
export function sharedStyles(body: string): { readonly body: string; readonly css: string } {
  const names = new Map<string, string>();
  const nameOf = (style: string): string => {
    let name = names.get(style);
    if (name === undefined) {
      name = `k${names.size.toString(36)}`;
      names.set(style, name);
    }
    return name;
  };
  const short = body.replace(STYLED, (_, own: string | undefined, style: string) =>
    own === undefined ? `<span class="${nameOf(style)}">` : `<span class="${own} ${nameOf(style)}">`,
  );
  const rules = [...names].map(([style, name]) => `.${name}{${weighty(style)}}`);
  return { body: short, css: rules.join('') };
}

/** Declarations that no rule of a style sheet outweighs. */
const weighty = (style: string): string =>
  style
    .split(';')
    .flatMap((d) => (d === '' ? [] : [`${d}!important`]))
    .join(';');
