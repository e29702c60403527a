import { makeFolder, writeFiles } from '../support/folders.js';
import { makeBareRepository, refsOf } from '../support/git.js';
import { runAction, runCli } from '../support/program.js';

describe('the packaged program', () => {
  test.each([
    ['a/*.ijm => macros', 'Did you mean "macros/"?'],
    ['a/*.ijm => macros/toolsets', 'Did you mean "macros/toolsets/"?'],
    ['a/*.ijm => Macros/', 'Did you mean "macros/"?'],
    ['a/*.ijm -> macros/', 'Write "=>": "a/*.ijm => macros/".'],
  ])('refuses %s, and writes nothing', (rule, hint) => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'a/Count.ijm': 'x' });
    const repository = makeBareRepository();
    const ran = runCli(['publish', '--files', rule, '--remote', repository], { cwd });
    expect(ran.code).toBeGreaterThan(0);
    expect(ran.code).toBeLessThan(3);
    expect(ran.stderr).toContain(hint);
    expect(refsOf(repository)).toBe('');
  });

  test('suggests a near match for a folder that ImageJ does not have', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'a/Count.ijm': 'x' });
    const ran = runCli(['preview', '--files', 'a/*.ijm => macro/', '--site-dir', 'site'], { cwd });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('Did you mean "macros/"?');
    const nested = runCli(['preview', '--files', 'a/*.ijm => Fiji.app/macros/', '--site-dir', 'site'], {
      cwd,
    });
    expect(nested.code).toBe(0);
    expect(nested.stderr).toContain('Did you mean "macros/"?');
  });

  test('names the input in the action', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'a/Count.ijm': 'x' });
    const ran = await runAction({ files: 'a/*.ijm -> macros/', 'site-dir': 'site' }, { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^::error.*input "files": .*wrong arrow.*Write "=>"/m);
  });
});
