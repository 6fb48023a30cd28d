// Archives of submissions: what is in them comes out; what is broken, too large or leads outside is refused in one sentence.

import { describe, expect, test } from 'vitest';
import { readZip, ZIP_LIMITS } from '../../src/zip.ts';
import { zipOf } from './zip.ts';

const read = (archive: Buffer): [string, string][] =>
  readZip(archive, 'class.zip').map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]);
const refusal = (archive: Buffer): string => {
  try {
    read(archive);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'it was taken';
};

describe('what is taken', () => {
  test('stored and deflated files, folders left out', () => {
    const archive = zipOf([
      { path: 'ada/', content: '' },
      { path: 'ada/answers.md', content: '## q1\ndelta[L]' },
      { path: 'bob.md', content: 'x'.repeat(5000), stored: true },
      { path: 'empty.md', content: '' },
    ]);
    expect(read(archive)).toEqual([
      ['ada/answers.md', '## q1\ndelta[L]'],
      ['bob.md', 'x'.repeat(5000)],
      ['empty.md', ''],
    ]);
  });

  test('names in UTF-8, in GBK, and with the slashes of Windows', () => {
    const gbk = Uint8Array.from([0xd5, 0xc5, 0x2e, 0x6d, 0x64]);
    const archive = zipOf([
      { path: '李四.md', content: '1' },
      { path: gbk, content: '2' },
      { path: 'ada\\hw.md', content: '3' },
    ]);
    expect(read(archive).map(([path]) => path)).toEqual(['李四.md', '张.md', 'ada/hw.md']);
  });
});

const outside = (path: string): string =>
  `class.zip: the archive names a place outside itself: ${JSON.stringify(path)}`;

describe('what is refused', () => {
  test.each(['../x.md', 'a/../../x.md', '/etc/x.md', 'C:\\x.md', '..\\x.md', 'a//x.md', 'a\0.md', 'a\nb.md'])(
    'a place outside: %j',
    (path) => {
      expect(refusal(zipOf([{ path, content: 'x' }]))).toBe(outside(path));
    },
  );

  test.each([
    [
      'the same file twice',
      zipOf([
        { path: 'a.md', content: '1' },
        { path: 'a.md', content: '2' },
      ]),
      'class.zip: the archive holds "a.md" twice',
    ],
    [
      'more files than are taken',
      zipOf([], ZIP_LIMITS.files + 1),
      'class.zip: the archive holds 2001 files; at most 2000 are taken',
    ],
    [
      'an encrypted one',
      zipOf([{ path: 'a.md', content: '1', flags: 1 }]),
      'class.zip: the archive is encrypted',
    ],
    [
      'another way of packing',
      zipOf([{ path: 'a.md', content: '1', method: 12 }]),
      'class.zip: "a.md" is packed in a way that is not taken (method 12)',
    ],
    ['a wrong check sum', zipOf([{ path: 'a.md', content: '1', check: 7 }]), 'class.zip: "a.md" is broken'],
    [
      'a size that is not so',
      zipOf([{ path: 'a.md', content: '12345', size: 4 }]),
      'class.zip: "a.md" is broken',
    ],
    [
      'a file that unpacks to too much',
      zipOf([{ path: 'a.md', content: new Uint8Array(ZIP_LIMITS.bytes + 1) }]),
      'class.zip: unpacked, the archive is larger than 20 MB',
    ],
    [
      'many files that do so together',
      zipOf(Array.from({ length: 5 }, (_, i) => ({ path: `${i}.md`, content: new Uint8Array(5_000_000) }))),
      'class.zip: unpacked, the archive is larger than 20 MB',
    ],
    [
      'a bomb that says it is small',
      zipOf([{ path: 'a.md', content: new Uint8Array(30_000_000), size: 10 }]),
      'class.zip: "a.md" is broken',
    ],
    ['the large kind', zipOf([], 0xffff), 'class.zip: archives of the large kind (zip64) are not taken'],
    [
      'no archive',
      Buffer.from('# not an archive, however long the text may be'),
      'class.zip: this is no zip archive, or it is cut off',
    ],
    ['nothing', Buffer.alloc(0), 'class.zip: this is no zip archive, or it is cut off'],
  ])('%s', (_, archive, sentence) => {
    expect(refusal(archive)).toBe(sentence);
  });

  test('one that is cut off anywhere, or has a wrong byte anywhere, ends in one sentence or in the same files', () => {
    const whole = zipOf([
      { path: 'ada.md', content: 'delta[L] = x' },
      { path: 'bob.md', content: 'y', stored: true },
    ]);
    for (let n = 0; n < whole.length; n++) {
      expect(refusal(whole.subarray(0, n))).toMatch(/^class\.zip: /);
      const wrong = Buffer.from(whole);
      wrong[n] = (wrong[n] ?? 0) ^ 0xff;
      expect(refusal(wrong)).toMatch(/^(class\.zip: .*|it was taken)$/);
    }
  });
});
