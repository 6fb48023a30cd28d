// The page's switches, and copying formulas. Nothing is remembered, nothing leaves the page.
(() => {
  const root = document.documentElement;
  const all = (selector) => document.querySelectorAll(selector);

  // How much is told: what each grain opens.
  const opens = { brief: [], textbook: ['steps', 'lemma'], full: ['steps', 'lemma', 'finer'] };
  const show = (grain) => {
    const top = (element) => element?.getBoundingClientRect().top ?? 0;
    const kept = [...all('h1, h2, h3, h4, main > .display')].find((e) => top(e) >= 0);
    const before = top(kept);
    root.dataset.grain = grain;
    for (const part of all('.steps, .lemma, .finer')) part.open = opens[grain].includes(part.classList[0]);
    scrollBy({ top: top(kept) - before, behavior: 'instant' });
  };
  document.querySelector('.grain').hidden = document.querySelector('.steps') === null;
  for (const input of all('.grain input')) input.addEventListener('change', () => show(input.value));

  // Light or dark: the system's choice until the reader makes another.
  const theme = document.querySelector('.theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const name = () => {
    theme.textContent = isDark() ? theme.dataset.light : theme.dataset.dark;
  };
  theme.addEventListener('click', () => {
    const dark = !isDark();
    if (dark === system.matches) delete root.dataset.theme;
    else root.dataset.theme = dark ? 'dark' : 'light';
    name();
  });
  system.addEventListener('change', name);
  name();
  document.querySelector('.switches').hidden = false;

  // Copying a selection gives the LaTeX of its formulas.
  const latexOf = (element) => element?.querySelector('annotation')?.textContent ?? '';
  document.addEventListener('copy', (event) => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !event.clipboardData) return;
    const range = selection.getRangeAt(0).cloneRange();
    const around = (at) => (at.nodeType === 1 ? at : at.parentElement)?.closest('.katex');
    const first = around(range.startContainer);
    const last = around(range.endContainer);
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const copy = range.cloneContents();
    for (const formula of copy.querySelectorAll('.katex')) {
      const latex = latexOf(formula);
      const display = formula.querySelector('math')?.getAttribute('display') === 'block';
      formula.replaceWith(display ? `\n$$${latex}$$\n` : `$${latex}$`);
    }
    event.clipboardData.setData('text/plain', copy.textContent ?? '');
    event.preventDefault();
  });

  // Pressing a formula that is set apart copies its LaTeX: both sides of its line.
  const said = document.querySelector('.said');
  const lineOf = (formula) => {
    const cell = formula.closest('.left, .right');
    if (!cell) return latexOf(formula);
    const left = cell.matches('.left') ? cell : cell.previousElementSibling;
    return [left, left.nextElementSibling].map(latexOf).filter(Boolean).join(' ');
  };
  const byCommand = (text) => {
    const put = (event) => {
      event.clipboardData.setData('text/plain', text);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener('copy', put, { capture: true });
    const done = document.execCommand('copy');
    removeEventListener('copy', put, { capture: true });
    return done;
  };
  const copyLine = async (formula) => {
    const text = lineOf(formula);
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => byCommand(text),
    );
    if (!(done ?? byCommand(text))) return;
    said.textContent = said.dataset.copied;
    clearTimeout(said.timer);
    said.timer = setTimeout(() => said.replaceChildren(), 1600);
  };
  const main = document.querySelector('main');
  main.addEventListener('click', (event) => {
    const formula = event.target.closest('.katex-display');
    if (formula && getSelection().isCollapsed) copyLine(formula);
  });

  // Each group of formulas is one stop of the Tab key; the arrows go from line to line in it.
  const groups = '.derivation, .rows, .card';
  const places = [...main.querySelectorAll(':is(.right, .component, .matrix) > .katex-display > .katex')];
  const groupOf = (place) => place.closest(groups);
  for (const place of places) place.tabIndex = -1;
  for (const group of main.querySelectorAll(groups)) {
    const first = places.find((p) => groupOf(p) === group);
    if (first) first.tabIndex = 0;
  }
  main.classList.add('copying');
  for (const display of main.querySelectorAll('.katex-display')) display.title = main.dataset.copy;
  main.addEventListener('keydown', (event) => {
    const place = event.target;
    if (!places.includes(place)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') copyLine(place);
    else if (step !== undefined) {
      const group = places.filter((p) => groupOf(p) === groupOf(place) && p.checkVisibility());
      const next = group[group.indexOf(place) + step];
      if (!next) return;
      place.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    } else return;
    event.preventDefault();
  });
})();
