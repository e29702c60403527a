import type { AnalyzeResult, InspectResult, Inspector } from '../../../src/app/ports/inspector.js';
import { createDependencySources } from '../../../src/app/publish/dependencies.js';
import type { Problem } from '../../../src/model/problem.js';
import { recordedProgress } from '../../support/memory-site.js';

const BROKEN = { problem: { severity: 'error', code: 'bad-path', message: 'It is broken.' } } as const;
const jar = (file: string) => ({ file, size: 7, withReferences: true });

function sourcesWith(analyses: readonly AnalyzeResult[], inspections: readonly InspectResult[] = []) {
  const progress = recordedProgress();
  const requests: unknown[] = [];
  const inspector: Partial<Inspector> = {
    analyzeAll: (asked, onDone) => {
      requests.push(...asked);
      asked.forEach(({ size }) => {
        onDone(size);
      });
      return Promise.resolve(analyses);
    },
    inspectAll: (asked) => {
      requests.push(...asked);
      return Promise.resolve(inspections);
    },
  };
  const sources = createDependencySources('imagej', {} as never, inspector as Inspector, progress);
  return { sources, requests, events: progress.events };
}

test('jars are analyzed, and a damaged one is only a warning', async () => {
  const { sources, requests, events } = sourcesWith([{ analysis: 'a' }, BROKEN]);
  const found = await sources.analyze([jar('a.jar'), jar('b.jar'), jar('c.jar')]);
  expect([...found]).toEqual([['a.jar', 'a']]);
  expect(sources.problems).toEqual<Problem[]>([
    { severity: 'warning', code: 'unreadable-artifact', message: 'It is broken.' },
  ]);
  expect(requests[0]).toEqual({ task: 'analyze', format: 'imagej', ...jar('a.jar') });
  expect(events).toEqual(['Detecting dependencies: 21 bytes', '+7', '+7', '+7', 'done']);
});

test('checksums of a damaged jar are left out', async () => {
  const { sources, requests } = sourcesWith([], [{ inspection: { checksum: 'aa' } as never }, BROKEN]);
  const jars = [jar('a.jar'), jar('b.jar')] as never;
  expect([...(await sources.checksums(jars))]).toEqual([['a.jar', 'aa']]);
  expect(requests[0]).toEqual({
    task: 'inspect',
    format: 'imagej',
    file: 'a.jar',
    size: 7,
    sitePath: 'a.jar',
    knownChecksums: [],
  });
});
