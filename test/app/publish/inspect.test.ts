import type { InspectRequest, InspectResult, Inspector } from '../../../src/app/ports/inspector.js';
import { createArtifactReader } from '../../../src/app/publish/inspect.js';
import type { ReadingRules } from '../../../src/formats/format.js';
import type { Artifact } from '../../../src/model/artifact.js';
import { formatWith } from '../../support/format-with.js';
import { recordedProgress } from '../../support/memory-site.js';

const artifact = (file: string): Artifact => ({
  file,
  size: 7,
  modified: 1,
  executable: false,
  destination: undefined,
});
const [A, B] = [artifact('a.jar'), artifact('b.jar')];
const INSPECTION = { checksum: 'aa' } as never;
const BROKEN = { problem: { severity: 'error', code: 'bad-path', message: 'It is broken.' } } as const;

/** A reader whose inspections have these results by file, and the requests that it sends. */
function reader(results: Readonly<Record<string, InspectResult>>, reading?: ReadingRules<unknown, never>) {
  const requests: InspectRequest[] = [];
  const inspector: Partial<Inspector> = {
    inspectAll: (asked, onDone) => {
      requests.push(...asked);
      asked.forEach(({ size }) => {
        onDone(size);
      });
      return Promise.resolve(asked.flatMap(({ file }) => results[file] ?? []));
    },
  };
  const progress = recordedProgress();
  const read = formatWith({ name: 'imagej', ...(reading && { reading }) })((format) => {
    const readAll = createArtifactReader(format, inspector as Inspector, progress);
    return (artifacts: readonly Artifact[], index = 'index') => readAll(artifacts, index as never, []);
  });
  return { requests, events: progress.events, read };
}

test('artifacts are read once, and those that cannot be read are problems', async () => {
  const { read, requests, events } = reader({ 'a.jar': { inspection: INSPECTION }, 'b.jar': BROKEN });
  const first = await read([A, B]);
  expect(first).toEqual({
    inspected: [{ artifact: A, inspection: INSPECTION }],
    problems: [BROKEN.problem],
  });
  expect(requests[0]).toEqual({
    task: 'inspect',
    format: 'imagej',
    file: 'a.jar',
    size: 7,
    sitePath: 'a.jar',
    knownChecksums: [],
  });
  expect(events).toEqual(['Reading artifacts: 14 bytes', '+7', '+7', 'done']);
  await read([A, B]);
  expect(requests.map(({ file }) => file)).toEqual(['a.jar', 'b.jar', 'b.jar']);
});

test('an artifact is read again if what was read is not enough for another state of the site', async () => {
  const reading: ReadingRules<unknown, never> = {
    readingOf: (_, index) => ({ sitePath: 'jars/a.jar', knownChecksums: [String(index)] }),
    isEnough: (_, { knownChecksums }) => knownChecksums[0] !== 'other',
  };
  const { read, requests } = reader({ 'a.jar': { inspection: INSPECTION } }, reading);
  for (const index of ['one', 'one', 'other']) await read([A], index);
  expect(requests.map(({ sitePath, knownChecksums }) => [sitePath, ...knownChecksums])).toEqual([
    ['jars/a.jar', 'one'],
    ['jars/a.jar', 'other'],
  ]);
});

test('an artifact without a result is left out', async () => {
  expect(await reader({}).read([A])).toEqual({ inspected: [], problems: [] });
});
