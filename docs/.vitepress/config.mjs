// The site of these pages: VitePress with chainrule's own plugin, as any course would use it. `npm run docs:site` builds it.

import { fileURLToPath } from 'node:url';
import chainrule from 'chainrule/markdown-it';
import { notesFolder } from 'chainrule/notes-folder';

const docs = fileURLToPath(new URL('..', import.meta.url));

export default {
  title: 'chainrule',
  description: 'Backpropagation, derived line by line',
  base: process.env.CHAINRULE_DOCS_BASE ?? '/',
  // What is read in the repository only, and the pages made for other hosts.
  srcExclude: ['examples/**'],
  ignoreDeadLinks: [
    /^(\.\.?\/)+(schema|README|LICENSE|examples|templates|bench|CONTRIBUTING|SECURITY)/,
    /\/examples\//,
  ],
  lastUpdated: false,
  markdown: {
    config: (md) => md.use(chainrule, notesFolder(docs)),
  },
  locales: {
    root: { label: 'English', lang: 'en' },
    zh: {
      label: '中文',
      lang: 'zh-CN',
      description: '逐行推导反向传播',
      themeConfig: {
        nav: [{ text: '反向传播', link: '/zh/backpropagation' }],
        outline: { label: '本页内容', level: [2, 3] },
        docFooter: { prev: '上一页', next: '下一页' },
        darkModeSwitchLabel: '深色',
        sidebarMenuLabel: '目录',
        returnToTopLabel: '回到顶部',
        langMenuLabel: '语言',
      },
    },
  },
  themeConfig: {
    nav: [
      { text: 'Backpropagation', link: '/backpropagation' },
      { text: 'Guide', link: '/guide' },
      { text: 'Rules', link: '/rules' },
    ],
    sidebar: {
      '/': [
        { text: 'Backpropagation', link: '/backpropagation' },
        { text: 'Guide', link: '/guide' },
        {
          text: 'Reference',
          items: [
            { text: 'Rules', link: '/rules' },
            { text: 'Tables', link: '/tables' },
            { text: 'Architecture', link: '/architecture' },
            { text: 'Performance', link: '/performance' },
          ],
        },
      ],
      '/zh/': [{ text: '反向传播', link: '/zh/backpropagation' }],
    },
    outline: { level: [2, 3] },
    search: { provider: 'local' },
  },
};
