import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipIndex, gzipIndex } from '../../src/formats/imagej/index/gzip.js';
import { loadIndex } from '../../src/formats/imagej/index/load.js';
import { parseIndexXml } from '../../src/formats/imagej/index/read.js';
import { renderIndexXml } from '../../src/formats/imagej/index/write.js';
import { PROJECT, vectorRoots } from '../support/fixtures.js';

describe.each(vectorRoots())('indexes of the official updater, from %s', (_name, root) => {
  const folder = path.join(root, 'indexes');

  test.each(readdirSync(folder))('%s', (name) => {
    const before = readFileSync(path.join(folder, name, 'before.xml'));
    if (existsSync(path.join(folder, name, 'refused.txt'))) {
      expect(() => loadIndex(gzipIndex(before.toString()))).toThrow(
        expect.objectContaining({ name: 'UserError', code: 'index' }) as Error,
      );
      return;
    }
    const after = readFileSync(path.join(folder, name, 'after.xml'), 'utf8');
    expect(renderIndexXml(parseIndexXml(before))).toBe(after);
    expect(renderIndexXml(parseIndexXml(Buffer.from(after)))).toBe(after);
  });
});

describe('indexes of public update sites', () => {
  const folder = path.resolve(PROJECT, '../shared/data/real-indexes');
  if (!existsSync(folder)) {
    test.todo('are not available');
    return;
  }

  test.each(readdirSync(folder))('%s is written unchanged except carriage returns', (name) => {
    const bytes = gunzipIndex(readFileSync(path.join(folder, name)));
    const text = Buffer.from(bytes).toString('utf8').replaceAll('\r', '');
    expect(renderIndexXml(parseIndexXml(bytes))).toBe(text);
  });
});
