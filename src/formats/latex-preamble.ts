// What stands before a LaTeX document's text: packages that every TeX Live has, and the layout of derivations and cards.

import { rareCharacters } from './latex-characters.ts';

/** What the preamble depends on. */
export interface PreambleFacts {
  readonly chinese: boolean;
  readonly paper: 'a4' | 'letter';
  /** All that the document prints. */
  readonly text: string;
  readonly numbered: boolean;
  readonly title: string;
  readonly author: string | null;
  /** Set below the first page, escaped. */
  readonly licence: string | null;
}

/** Everything up to \begin{document}. Texts are escaped already. */
export function preamble(f: PreambleFacts): string {
  return [
    f.chinese ? chineseClass(f.paper) : englishClass(f.paper),
    PACKAGES,
    ...rareCharacters(f.text, f.chinese),
    setup(f),
    LAYOUT,
    ...(f.licence === null ? [] : [licenceFoot(f.licence)]),
  ].join('\n');
}

const englishClass = (paper: string): string =>
  String.raw`% Compile with pdflatex, xelatex or lualatex, twice.
\documentclass[11pt,${paper}paper]{article}
\usepackage{iftex}
\ifpdftex
  \IfFileExists{lmodern.sty}{\usepackage[T1]{fontenc}\usepackage{lmodern}}{}
  \usepackage{textcomp}
\fi`;

/** The class looks for its fonts by itself; where those of TeX Live aren't installed, the system's are named. */
const chineseClass = (paper: string): string =>
  String.raw`% !TEX program = xelatex
% Compile with xelatex, twice.
\ifdefined\XeTeXversion\else
  \errmessage{This document is in Chinese: compile it with xelatex}
\fi
\IfFileExists{ctexart.cls}{}{%
  \errmessage{This document is in Chinese and needs the class ctexart (Debian: texlive-lang-chinese)}}
\begingroup\suppressfontnotfounderror=1
\font\fandol="[FandolSong-Regular.otf]"
\expandafter\endgroup\ifx\fandol\nullfont\PassOptionsToClass{fontset=ubuntu}{ctexart}\fi
\documentclass[zihao=5,${paper}paper]{ctexart}
\usepackage{iftex}
\ctexset{section={format=\Large\bfseries\raggedright}}
\pagestyle{plain}`;

const PACKAGES = String.raw`\usepackage{amsmath,amssymb,array,longtable}
\usepackage[margin=25mm]{geometry}
\usepackage{tikz}
% only scalable fonts can be stretched
\IfFileExists{microtype.sty}{\IfFileExists{lmodern.sty}{\usepackage{microtype}}{%
  \usepackage[expansion=false]{microtype}}}{}
\IfFileExists{booktabs.sty}{\usepackage{booktabs}}{%
  \newcommand\toprule{\hline}\newcommand\midrule{\hline}\newcommand\bottomrule{\hline}}
% hyperref measures links of XeTeX in a font that small installations lack
\ifxetex\suppressfontnotfounderror=1 \fi
\usepackage[hidelinks]{hyperref}
\ifxetex\suppressfontnotfounderror=0 \makeatletter
  \ifx\XeTeXLink@font\nullfont\font\XeTeXLink@font=cmr10 at 1sp\relax\fi\makeatother
\fi`;

const setup = (f: PreambleFacts): string =>
  String.raw`\hypersetup{pdftitle={${f.title}}${f.author === null ? '' : `,pdfauthor={${f.author}}`}}
\setcounter{secnumdepth}{${f.numbered ? 2 : 0}}
\setcounter{tocdepth}{1}
\setcounter{MaxMatrixCols}{20}
\allowdisplaybreaks[2]
\raggedbottom
\emergencystretch=3em${f.chinese ? '' : '\n\\setlength\\parindent{0pt}\n\\setlength\\parskip{4pt plus 2pt}'}`;

const licenceFoot = (licence: string): string =>
  String.raw`\makeatletter
\newcommand\ps@licence{\let\@oddhead\@empty\let\@evenhead\@empty
  \def\@oddfoot{\parbox[t]{\textwidth}{\centering\thepage\\[3pt]\footnotesize\color{black!65}${licence}}}%
  \let\@evenfoot\@oddfoot}
\makeatother`;

const LAYOUT = String.raw`
% A derivation is a run of steps, \step[name]{left}{right}{reason}{numbers}. The left sides are as wide as the widest,
% which \fit measures; the reason stands in a column at the right, below the formula where the two don't fit side by
% side; a formula wider than the text is broken where \brk (or, inside brackets, \softbrk) allows it.
\makeatletter
\newdimen\stepindent \newdimen\stepleft \newdimen\stepreason \newdimen\stepwidth \newdimen\steplimit
\newbox\stepformula \newbox\stepwhy \newbox\stepname \newbox\stepnumbers \newbox\cardbox \newbox\cardleft \newbox\cardright
\newif\ifstepfits
\stepindent=1.2em
\let\steprules\@empty
\newcommand\brk{\penalty0 }
\newcommand\softbrk{\penalty500 }
\newcommand\fit[1]{\setbox\z@\hbox{$\displaystyle#1$}\ifdim\wd\z@>\stepleft\stepleft=\wd\z@\fi}
\newcommand\eqname[2]{\def\@currentlabel{#1}\phantomsection\label{#2}(#1)}

\newenvironment{derivation}[1]{\par
  \ifx\steprules\@empty
    \ifdim\lastskip>\z@\else\nobreak\vskip\abovedisplayskip\fi
    \stepwidth=\dimexpr\linewidth-\stepindent\relax
  \fi
  \stepreason=.31\textwidth\stepleft=\z@#1}{\par
  \ifx\steprules\@empty\addvspace{.6\belowdisplayskip}\fi}

% words beside formulas: fractions in them as large as in the formulas
\newcommand\stepwords{\raggedright\lineskip=2pt\lineskiplimit=1pt\everymath{\displaystyle}}
% a display that no paragraph leads into
\newcommand\setapart{\par\nobreak\vskip-.5\baselineskip}

% A box on a line of its own, right of the rules of the lemmas it stands in.
\newcommand\steprow[1]{\par\nointerlineskip\hbox{\hskip\stepindent\steprules\vbox{\vskip3.5pt\hbox to\stepwidth{#1\hfil}\vskip3.5pt}}}

% left and right side within \steplimit, broken if need be
\newcommand\stepline[2]{%
  \setbox\z@\hbox{\hbox to\stepleft{\hss$\displaystyle#1$}$\displaystyle\;#2$}%
  \ifdim\wd\z@>\steplimit\global\stepfitsfalse
    \vtop{\hsize=\steplimit\parindent\z@\raggedright\lineskip=4pt\lineskiplimit=3pt
      \relpenalty=9000\binoppenalty=9500\hangafter=1\hangindent=\dimexpr\stepleft+1.6em\relax
      \leavevmode\hbox to\stepleft{\hss$\displaystyle#1$}$\displaystyle\;#2$\par}%
  \else\box\z@\fi}
% a piece that can't be broken: smaller where it is wider than a whole line
\newcommand\squeezed[1]{\setbox\tw@\hbox{$\displaystyle#1$}%
  \dimen@=\dimexpr\steplimit-\stepleft-3em\relax
  \ifdim\wd\tw@>\dimen@\global\stepfitsfalse\resizebox{\dimen@}{!}{\box\tw@}\else#1\fi}
\newcommand\numbers[2]{\vskip3pt\hbox{\stepline{#1}{#2}}}
\newcommand\remark[1]{\vskip2pt\hbox{\hskip\stepleft\hskip.28em
  \vtop{\hsize=\dimexpr\steplimit-\stepleft-.28em\relax\raggedright\noindent\strut#1\strut}}}
\newcommand\stepset[3]{\steplimit=#1\global\stepfitstrue
  \setbox\stepformula\hbox{\stepline{#2}{#3}}}
\newcommand\stepsetnumbers[2]{\steplimit=#1\global\stepfitstrue
  \setbox\stepnumbers\vtop{\offinterlineskip\hbox{}\begingroup\small\color{black!70}#2\endgroup}}

\newcommand\step[5][]{\par
  \setbox\stepname\hbox{#1}\setbox\stepwhy\hbox{}%
  \def\stepgiven{#4}\dimen@=\stepwidth
  \ifx\stepgiven\@empty
    \ifdim\wd\stepname>\z@\advance\dimen@-\wd\stepname\advance\dimen@-1em\fi
  \else
    \advance\dimen@-\stepreason\advance\dimen@-1em
    \setbox\stepwhy\vtop{\hsize=\stepreason
      \ifdim\wd\stepname>\z@\advance\hsize-\wd\stepname\advance\hsize-.6em\fi
      \stepwords\small\noindent\strut#4\strut}%
    \wd\stepwhy=\stepreason
  \fi
  \edef\stepnarrow{\the\dimen@}%
  \stepset{\stepnarrow}{#2}{#3}%
  \ifdim\dimen@=\stepwidth
    \stepsetnumbers{\stepwidth}{#5}\steprow{\stepboth}%
  \else\ifstepfits
    \stepsetnumbers{\stepnarrow}{#5}%
    \ifstepfits
      \steprow{\hbox to\stepnarrow{\stepboth\hss}\hskip1em\stepside}%
    \else
      \steprow{\hbox to\stepnarrow{\box\stepformula\hss}\hskip1em\stepside}\nobreak
      \stepsetnumbers{\stepwidth}{#5}\steprow{\box\stepnumbers}%
    \fi
  \else
    \stepset{\stepwidth}{#2}{#3}\steprow{\box\stepformula}\nobreak
    \stepsetnumbers{\stepnarrow}{#5}%
    \ifstepfits
      \steprow{\hbox to\stepnarrow{\box\stepnumbers\hss}\hskip1em\stepside}%
    \else
      \steprow{\hskip\stepnarrow\hskip1em\stepside}\nobreak
      \stepsetnumbers{\stepwidth}{#5}\steprow{\box\stepnumbers}%
    \fi
  \fi\fi
  \penalty0 }
\newcommand\stepboth{\vtop{\offinterlineskip\box\stepformula\box\stepnumbers}}
% the reason and the name, from the reason's column to the margin
\newcommand\stepside{\ifdim\wd\stepwhy>\z@\rlap{\box\stepwhy}\hbox to\stepreason{\hss\box\stepname}%
  \else\box\stepname\fi}

% What a line uses, proved before it: indented, with a rule at the left.
\newenvironment{lemma}[1]{\par
  \expandafter\def\expandafter\steprules\expandafter{\steprules\hskip1em\vrule width.6pt\hskip.8em}%
  \advance\stepwidth-\dimexpr1.8em+.6pt\relax
  \steprow{\vtop{\hsize=\stepwidth\stepwords\noindent\strut#1\strut}}\nobreak}{\par\penalty0 }

\newenvironment{note}{\par\addvspace{\medskipamount}\begin{lrbox}{\cardbox}%
  \begin{minipage}{\dimexpr\linewidth-1em-2pt\relax}\small\raggedright}{\end{minipage}\end{lrbox}%
  \noindent\hbox{\textcolor{black!40}{\vrule width2pt}\hskip1em\usebox{\cardbox}}\par\addvspace{\medskipamount}}

\newenvironment{card}[1]{\par\addvspace{\bigskipamount}\fboxsep=9pt
  \begin{lrbox}{\cardbox}\begin{minipage}{\dimexpr\linewidth-2\fboxsep-2\fboxrule\relax}%
  \begin{center}\large\bfseries#1\end{center}}{\end{minipage}\end{lrbox}%
  \noindent\fbox{\usebox{\cardbox}}\par\addvspace{\bigskipamount}}
% \cardrow{name}{words}{component form}{matrix form}: side by side where they fit
\newcommand\cardrow[4]{\par\medskip
  \stepleft=\z@\steplimit=\dimexpr\linewidth-3.2em\relax
  \setbox\cardleft\hbox{\stepline{}{#3}}\setbox\cardright\hbox{\ifx\relax#4\relax\else\stepline{}{#4}\fi}%
  \noindent\hbox to3.2em{\bfseries#1\hss}%
  \ifdim\dimexpr\wd\cardleft+\wd\cardright+5.2em\relax>\linewidth
    \box\cardleft\par\ifdim\wd\cardright>\z@\nobreak\smallskip\noindent\hskip3.2em\box\cardright\par\fi
  \else
    \dimen@=\dimexpr\linewidth-3.2em-\wd\cardright\relax
    \ifdim\dimen@>.5\linewidth\dimen@=.5\linewidth\fi
    \ifdim\dimen@<\wd\cardleft\box\cardleft\hskip2em\else\hbox to\dimen@{\box\cardleft\hfil}\fi\box\cardright\par
  \fi
  \ifx\relax#2\relax\else
    \nobreak\vskip2pt\noindent\hskip3.2em\parbox[t]{\dimexpr\linewidth-3.2em}{\small\raggedright#2}\par
  \fi}

% the contents in small lines, without the room around sections
\renewcommand*\l@section{\@dottedtocline{1}{0em}{2em}}
\newcommand\contents{{\parskip=\z@\tableofcontents}\bigskip}

% \shown{tikzpicture}{caption}: no wider than the text, and a little smaller where that lets it fit on the page begun
\newcommand\shown[2]{\par\addvspace{\bigskipamount}%
  \setbox\cardbox\hbox{#1}%
  \ifdim\wd\cardbox>\linewidth\setbox\cardbox\hbox{\resizebox{\linewidth}{!}{\usebox\cardbox}}\fi
  \setbox\stepwhy\vbox{\hsize=\linewidth\parindent=\z@\centering\small\vskip6pt#2\par}%
  \dimen@=\dimexpr\pagegoal-\pagetotal-\ht\stepwhy-\dp\stepwhy-18pt\relax
  \ifdim\dimen@<\ht\cardbox \ifdim\dimen@>.8\ht\cardbox
    \setbox\cardbox\hbox{\resizebox{!}{\dimen@}{\usebox\cardbox}}\fi\fi
  \noindent\hbox to\linewidth{\hss\vbox{\hbox to\linewidth{\hss\box\cardbox\hss}\box\stepwhy}\hss}\par
  \addvspace{\bigskipamount}}
\makeatother
`;
