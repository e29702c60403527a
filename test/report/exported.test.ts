import type { Exported } from '../../src/model/exported.js';
import { exportResult, renderExported } from '../../src/report/exported.js';

const EXPORTED: Exported = {
  file: 'out.zip',
  kind: 'backup',
  files: 1,
  bytes: 1500,
  elsewhere: 0,
  channels: [],
  problems: [],
};

test.each([
  [{}, 'Written: out.zip with 1 file (1.5 kB).\n'],
  [
    { files: 2, elsewhere: 1 },
    'Written: out.zip with 2 files (1.5 kB). 1 file on another server is not in it.\n',
  ],
  [
    { channels: ['beta', 'eap'] },
    'Written: out.zip with 1 file (1.5 kB). Its channels are not in it, export each by itself: beta, eap.\n',
  ],
  [{ elsewhere: 2 }, 'Written: out.zip with 1 file (1.5 kB). 2 files on other servers are not in it.\n'],
  [{ file: 'a\u001b[1m.zip' }, 'Written: a\ufffd[1m.zip with 1 file (1.5 kB).\n'],
])('an archive with %j is described', (more, text) => {
  expect(renderExported({ ...EXPORTED, ...more })).toBe(text);
});

test('scripts get the result', () => {
  expect(exportResult(EXPORTED)).toEqual({
    file: 'out.zip',
    kind: 'backup',
    files: 1,
    bytes: 1500,
    problems: [],
  });
});
