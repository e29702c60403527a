import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { readReportFile, writeReportFile } from '../../../src/io/files/report-file.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

describe('the file of a report', () => {
  it('is written with its folder, and read again', async () => {
    const cwd = makeFolder();
    await writeReportFile(cwd, 'reports/report.json', '{"ä":1}');
    expect(await readReportFile(cwd, 'reports/report.json', 100)).toBe('{"ä":1}');
    expect(readdirSync(path.join(cwd, 'reports'))).toEqual(['report.json']);
  });

  it('is an error if it cannot be written', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { file: '' });
    await expect(writeReportFile(cwd, 'file/report.json', 'x')).rejects.toMatchObject({
      code: 'site',
      message: expect.stringMatching(/^The report cannot be written to file\/report\.json: .*\.$/) as string,
      hint: 'Choose another place for the report file.',
    });
  });

  it('may be missing', async () => {
    expect(await readReportFile(makeFolder(), 'report.json', 100)).toBeUndefined();
  });

  it('is read up to its bound', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { a: 'x'.repeat(100), b: 'x'.repeat(101), empty: '' });
    expect(await readReportFile(cwd, 'a', 100)).toHaveLength(100);
    expect(await readReportFile(cwd, 'empty', 100)).toBe('');
    await expect(readReportFile(cwd, 'b', 100)).rejects.toMatchObject({
      code: 'limit',
      message: 'b has 101 bytes; at most 100 are read.',
    });
  });

  posixTest('must be a regular file', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { secret: 'secret' });
    symlinkSync('secret', path.join(cwd, 'link'));
    mkdirSync(path.join(cwd, 'folder'));
    execFileSync('mkfifo', [path.join(cwd, 'pipe')]);
    await expect(readReportFile(cwd, 'link', 100)).rejects.toMatchObject({
      code: 'artifact',
      message: 'link cannot be read: it is a link.',
    });
    for (const name of ['folder', 'pipe']) {
      await expect(readReportFile(cwd, name, 100)).rejects.toMatchObject({
        code: 'artifact',
        message: `${name} is not a file.`,
      });
    }
  });

  it('is an error if its folder is a file', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { file: '' });
    await expect(readReportFile(cwd, 'file/report.json', 100)).rejects.toMatchObject({
      code: 'artifact',
      message: 'file/report.json cannot be read: a part of the path is a file.',
      hint: 'It is the file that "report-file" wrote in the workflow of the pull request.',
    });
  });
});
