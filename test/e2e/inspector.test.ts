import { createInspector } from '../../src/entry/worker/inspector.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { WORKER } from '../support/program.js';
import { makeZip } from '../support/zip.js';

test('several threads return the same results as one, including faults', async () => {
  const cwd = makeFolder();
  const content = Buffer.alloc(400_000);
  for (let at = 0; at < content.length; at++) content[at] = (at * at * 31) >> 3;
  const names = Array.from({ length: 12 }, (_, at) => `jars/${at}.jar`);
  for (const [at, name] of names.entries()) {
    writeFiles(cwd, { [name]: at === 5 ? 'broken' : makeZip([{ name: `a${at}`, content, stored: true }]) });
  }
  const requests = names.map((name, at) => ({
    task: 'inspect' as const,
    format: 'imagej' as const,
    file: name,
    size: at === 5 ? 6 : content.length,
    sitePath: name,
    knownChecksums: at === 3 ? ['other'] : [],
  }));
  let bytes = 0;
  const alone = await createInspector(cwd, 'no such program').inspectAll(requests, () => undefined);
  const together = await createInspector(cwd, WORKER).inspectAll(requests, (done) => (bytes += done));
  expect(together).toEqual(alone);
  expect(alone[5]).toMatchObject({
    problem: { severity: 'error', code: 'unreadable-artifact', path: 'jars/5.jar' },
  });
  expect(alone[3]).toMatchObject({ inspection: { historicalChecksums: expect.any(Array) as unknown } });
  expect(bytes).toBe(requests.reduce((sum, { size }) => sum + size, 0));
});
