// The default theme with the style sheets of formulas and derivations.

import DefaultTheme from 'vitepress/theme';
import '../../../dist/katex/katex.min.css';
import '../../../dist/chainrule.css';

export default DefaultTheme;
