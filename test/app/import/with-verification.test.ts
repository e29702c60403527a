import { withoutVerification, withVerification } from '../../../src/app/import/with-verification.js';
import { passed, skipped, type Check } from '../../../src/model/check.js';
import { emptyOutcome, type Outcome } from '../../../src/model/outcome.js';
import type { Problem } from '../../../src/model/problem.js';

const EARLIER: Problem = { severity: 'warning', code: 'lost-payload', message: 'It is lost.' };
const PLAIN: Outcome = { ...emptyOutcome('imagej', 'publication', 'folder new'), changed: true };
const WITH_NOTICE: Outcome = { ...PLAIN, problems: [EARLIER], notices: ['From folder old.'] };
const FAILED: Check = { name: 'orphans', status: 'failed', reason: 'Two are left.', findings: [] };

const verification = (...checks: readonly Check[]) => ({ format: 'imagej', site: 'folder new', checks });

test('a check that ended early is a notice after the others', () => {
  const notice = 'The new place was not checked (it does not respond): run "update-site verify" for it.';
  expect(withoutVerification(PLAIN, 'it does not respond')).toEqual({ ...PLAIN, notices: [notice] });
  expect(withoutVerification(WITH_NOTICE, 'it does not respond').notices).toEqual([
    'From folder old.',
    notice,
  ]);
});

test('a new place that passes all checks is a notice; skipped checks do not count', () => {
  const found = verification(passed('names'), passed('orphans'), skipped('https', 'It is not served.'));
  expect(withVerification(PLAIN, found)).toEqual({
    ...PLAIN,
    notices: ['Checked in the new place: all of 2 checks passed.'],
  });
  expect(withVerification(WITH_NOTICE, found)).toEqual({
    ...WITH_NOTICE,
    notices: ['From folder old.', 'Checked in the new place: all of 2 checks passed.'],
  });
});

test('checks with warnings are named, and have not passed', () => {
  const previous: Check = { ...FAILED, name: 'previous-payloads', status: 'warning' };
  const future: Check = { ...FAILED, name: 'future-timestamps', status: 'warning' };
  const noticesOf = (...checks: readonly Check[]) => withVerification(PLAIN, verification(...checks)).notices;
  expect(noticesOf(previous, passed('poms'))).toEqual([
    'Checked in the new place: none of 2 checks failed, 1 has a warning: previous-payloads.',
  ]);
  expect(noticesOf(FAILED, previous, future)).toEqual([
    'Checked in the new place: 1 of 3 checks failed, 2 have warnings: previous-payloads, future-timestamps.',
  ]);
});

test('each check that failed is a warning, and the import stands', () => {
  const outcome = withVerification(WITH_NOTICE, verification(FAILED, passed('poms')));
  const hint =
    'The old site probably does not pass it either: "update-site verify" shows the files, and docs/verify.md what to do.';
  expect(outcome).toEqual({
    ...WITH_NOTICE,
    problems: [
      EARLIER,
      {
        severity: 'warning',
        code: 'failed-check',
        path: 'orphans',
        message: 'The new place does not pass the check "orphans": Two are left.',
        hint,
      },
    ],
    notices: ['From folder old.', 'Checked in the new place: 1 of 2 checks failed.'],
  });
});
