import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createArtifactFiles } from '../../../src/io/files/artifact-files.js';
import { requireUnchanged } from '../../../src/io/files/unchanged.js';
import { makeFolder, writeFiles } from '../../support/folders.js';

test('a file that changes after it was read is not published', async () => {
  const cwd = makeFolder();
  writeFiles(cwd, { x: 'one' });
  const [found] = (await createArtifactFiles(cwd).match('x')).files;
  if (!found) throw new Error('not found');
  await expect(requireUnchanged(cwd, found)).resolves.toBeUndefined();
  writeFileSync(path.join(cwd, 'x'), 'two');
  utimesSync(path.join(cwd, 'x'), 1, 1);
  await expect(requireUnchanged(cwd, found)).rejects.toThrow(/x has changed while it was being published/);
});
