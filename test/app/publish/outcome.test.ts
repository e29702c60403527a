import { outcomeOf } from '../../../src/app/publish/outcome.js';
import type { Settings } from '../../../src/app/publish/settings.js';
import type { Change } from '../../../src/model/change.js';
import { emptyOutcome } from '../../../src/model/outcome.js';
import type { Plan } from '../../../src/model/plan.js';
import type { Problem } from '../../../src/model/problem.js';
import { sitePath } from '../../../src/model/site-path.js';

const CHANGE: Change = { kind: 'add', path: 'a.ijm', reason: 'new' };
const WARNING: Problem = { severity: 'warning', code: 'lost-payload', message: 'Lost.' };
const A = sitePath('a.ijm-1');
const PAYLOAD = { storedPath: A, path: A, file: '/f', size: 3, checksum: 'aa', modified: 1 };
const PLAN: Plan = {
  timestamp: 20260101000000,
  changes: [],
  unchanged: 2,
  skipped: [],
  payloads: [],
  problems: [],
};
const REPORT = { changes: [], offers: undefined, siteSize: undefined, diff: undefined };

function outcome(
  plan: Partial<Plan>,
  settings: Partial<Settings> = {},
  report = {},
  problems: Problem[] = [],
) {
  const all = { format: 'imagej', preview: false, failOn: 'error', ...settings } as Settings;
  return outcomeOf(all, 'folder site', { ...PLAN, ...plan }, problems, { ...REPORT, ...report });
}

test('a plan without changes changes nothing', () => {
  expect(outcome({ notices: [] })).toEqual({
    ...emptyOutcome('imagej', 'publication', 'folder site'),
    unchanged: 2,
  });
});

test('a plan with changes shows what is published', () => {
  const config = { config: { name: 'Lab', description: 'Our tools' } } as never;
  const plan = { changes: [CHANGE], payloads: [PAYLOAD], restored: [A], notices: ['Users restart.'] };
  expect(outcome(plan, { siteUrl: 'https://lab.org/', config }, { changes: [CHANGE] })).toMatchObject({
    changed: true,
    timestamp: 20260101000000,
    siteUrl: 'https://lab.org/',
    siteName: 'Lab',
    siteDescription: 'Our tools',
    changes: [CHANGE],
    publishedFiles: ['a.ijm-1'],
    publishedBytes: 3,
    restored: ['a.ijm-1'],
    notices: ['Users restart.'],
  });
});

test('restored files alone do not need a timestamp, but channels that follow do', () => {
  const restored = outcome({ restored: [A], payloads: [PAYLOAD] });
  expect([restored.changed, restored.timestamp]).toEqual([true, undefined]);
  const followed = outcome({}, {}, { broughtUpToDate: ['eap'] });
  expect(followed).toMatchObject({ changed: true, timestamp: 20260101000000, broughtUpToDate: ['eap'] });
});

test('a refused plan publishes nothing and announces nothing, except in a preview', () => {
  const plan = { changes: [CHANGE], payloads: [PAYLOAD], restored: [A], notices: ['Users restart.'] };
  const refused = outcome(plan, { failOn: 'warning' }, { broughtUpToDate: ['eap'] }, [WARNING]);
  expect(refused).toEqual({
    ...emptyOutcome('imagej', 'publication', 'folder site'),
    refusal: 'warnings',
    unchanged: 2,
    problems: [WARNING],
  });
  const preview = outcome(plan, { failOn: 'warning', preview: true }, {}, [WARNING]);
  expect(preview).toMatchObject({ kind: 'preview', changed: false, notices: ['Users restart.'] });
});
