import { describe, expect, test } from '@jest/globals';
import { productSources } from './source-files.ts';

interface Danger {
  readonly what: string;
  readonly pattern: RegExp;
  /** Lines that the pattern has to find, so that it goes on finding them. */
  readonly planted: readonly string[];
  /** The files that may do it, each for the reason in its own comment. */
  readonly allowed: readonly string[];
}

const DANGERS: readonly Danger[] = [
  {
    what: 'evaluates text as a program',
    pattern: /\beval\(|\bnew Function\(|['"]node:vm['"]|set(?:Timeout|Interval)\(\s*['"`]/,
    planted: ['eval(text)', "new Function('return 1')", "import vm from 'node:vm';", "setTimeout('go()', 1)"],
    allowed: [],
  },
  {
    what: 'writes HTML past the renderer',
    pattern: /\.(?:inner|outer)HTML\s*=[^=]|\binsertAdjacentHTML\(|\bdocument\.write\(/,
    planted: ['place.innerHTML = text;', "place.insertAdjacentHTML('beforeend', text)", 'document.write(text)'],
    // The server's own rendering of the text in the field, and signs that stand in the program.
    allowed: [
      'src/web/thread/browser/composing/preview.ts',
      'src/web/posts/browser/form-preview.ts',
      'src/web/shell/browser/writing/toolbar.ts',
    ],
  },
  {
    what: 'starts another program',
    pattern: /['"](?:node:)?child_process['"]/,
    planted: ["import { exec } from 'node:child_process';"],
    allowed: [
      'libs/event-store/sqlite/disk-answers.ts',
      'libs/images/image-process.ts',
      'src/composition/importing/import-processes.ts',
    ],
  },
  {
    what: 'has weak cryptography',
    pattern: /create(?:Hash|Hmac)\(\s*['"](?:md[245]|sha-?1|ripemd)|['"](?:des-|rc[24]|aes-\d+-(?:ecb|cbc))/i,
    planted: ["createHash('md5')", "createHmac('SHA1', key)", "createCipheriv('aes-256-cbc', key, iv)", "'des-ede3'"],
    allowed: [],
  },
  {
    what: 'takes chance that can be guessed, but to spread waits and choices',
    pattern: /\bMath\.random\(/,
    planted: ['const token = Math.random();'],
    allowed: [
      'libs/client/connect-again.ts',
      'libs/client/keep-trying.ts',
      'libs/event-store/kurrentdb/deadline.ts',
      'libs/event-store/kurrentdb/find-node.ts',
      'libs/nest-decider/command-handling.ts',
      'libs/projections/projector-thread.ts',
      'libs/projections/projector.ts',
    ],
  },
  {
    what: 'trusts a certificate unseen',
    pattern: /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/,
    planted: ['connect({ rejectUnauthorized: false })'],
    allowed: [],
  },
  {
    what: 'puts a value into the text of a question to SQLite',
    pattern: /\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES)\b[^`]*['"]\$\{/,
    planted: [`db.prepare(\`SELECT * FROM members WHERE handle = '\${handle}'\`)`],
    // Names of tables and columns alone, which the program's own views state.
    allowed: ['libs/projections/touched.ts'],
  },
];

describe.each(DANGERS)('no code of the forum $what', ({ pattern, planted, allowed }) => {
  const found = productSources()
    .filter(({ text }) => text.split('\n').some((line) => pattern.test(line)))
    .map(({ path }) => path);

  test('but where it is told why', () => {
    expect([...new Set(found)].sort()).toEqual([...allowed].sort());
  });

  test('and the rule finds what it looks for', () => {
    expect(planted.filter((line) => !pattern.test(line))).toEqual([]);
  });
});
