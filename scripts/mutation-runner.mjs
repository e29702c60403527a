// The plugin of Stryker that runs Jest, in two ways different from its own:
// - Slow tests run only where no fast one has noticed the change. Jest itself would run them all.
// - When the time is over, what is left ends at once, with a word that says so.
import { readFileSync, writeFileSync } from 'node:fs';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';

/** From here on a test is slow: as long as Jest takes to start. */
const SLOW_MS = 300;

const [jest] = jestPlugins;
const { MUTATION_DEADLINE: deadline, MUTATION_NO_TIME: noTime, MUTATION_TESTS: testsFile } = process.env;

function createRunner(injector) {
  const runner = jest.factory(injector);
  const dryRun = runner.dryRun.bind(runner);
  const mutantRun = runner.mutantRun.bind(runner);
  let known;

  /** What it finds out of the tests goes into a file: other processes of this program need it too. */
  runner.dryRun = async (options) => {
    const result = await dryRun(options);
    const tests = (result.tests ?? []).map(({ id, timeSpentMs }) => ({ id, isSlow: timeSpentMs > SLOW_MS }));
    writeFileSync(testsFile, JSON.stringify(tests));
    return result;
  };

  runner.mutantRun = async (options) => {
    if (Date.now() > Number(deadline)) return { status: 'error', errorMessage: noTime };
    known ??= JSON.parse(readFileSync(testsFile, 'utf8'));
    const isSlow = new Set(known.flatMap(({ id, isSlow }) => (isSlow ? [id] : [])));
    const tests = options.testFilter ?? known.map(({ id }) => id);
    const slow = tests.filter((id) => isSlow.has(id));
    const fast = tests.filter((id) => !isSlow.has(id));
    if (slow.length === 0 || fast.length === 0) return mutantRun(options);
    const first = await mutantRun({ ...options, testFilter: fast });
    if (first.status !== 'survived') return first;
    const second = await mutantRun({ ...options, testFilter: slow });
    return { ...second, nrOfTests: first.nrOfTests + (second.nrOfTests ?? 0) };
  };
  return runner;
}
createRunner.inject = jest.factory.inject;

export { strykerValidationSchema } from '@stryker-mutator/jest-runner';
export const strykerPlugins = [{ ...jest, name: 'jest-fast-first', factory: createRunner }];
