import { checkDependencies } from '../../../../src/formats/imagej/dependencies/checks.js';
import type { ImageJChange } from '../../../../src/formats/imagej/change.js';
import { imagejChange, imagejIndex, imagejSite, type RecordSpec } from '../../../support/imagej-site.js';

type Files = Readonly<Record<string, RecordSpec>>;

const check = (
  after: Files,
  changes: readonly ImageJChange[] = [],
  upstream: Files = {},
  configFile?: string,
) => checkDependencies(imagejIndex(after), changes, [imagejSite('Fiji', upstream)], configFile);
const removed = (path: string) => imagejChange(path, { kind: 'remove' });

describe('a file that others depend on', () => {
  const TOOL = { needs: ['jars/lib.jar'] };

  it('cannot be removed', () => {
    const after = { 'plugins/Tool_-1.0.jar': TOOL, 'jars/lib-1.0.jar': { obsolete: true } };
    expect(check(after, [removed('jars/lib-1.0.jar')])).toEqual([
      {
        severity: 'error',
        code: 'removed-dependency',
        path: 'jars/lib-1.0.jar',
        message: 'jars/lib-1.0.jar is about to be removed, but plugins/Tool_-1.0.jar depends on it.',
        hint: 'Keep it, or also remove the files that depend on it. If it is not needed any more, delete the dependency with "dependencies: remove" in .github/update-site.yml.',
      },
    ]);
  });

  it('causes a warning if it is obsolete', () => {
    expect(check({ 'plugins/Tool_-1.0.jar': TOOL, 'jars/lib-1.0.jar': { obsolete: true } })).toEqual([
      {
        severity: 'warning',
        code: 'obsolete-dependency',
        path: 'plugins/Tool_-1.0.jar',
        message: 'plugins/Tool_-1.0.jar depends on jars/lib.jar, which is obsolete: users do not get it.',
        hint: 'Publish it again, or delete the dependency with "dependencies: remove" in .github/update-site.yml.',
      },
    ]);
    const upstream = { 'jars/lib-1.0.jar': { obsolete: true } };
    expect(check({ 'plugins/Tool_.jar': TOOL }, [], upstream)).toMatchObject([
      { code: 'obsolete-dependency' },
    ]);
  });

  it('is reported with the name of the configuration of the run', () => {
    const after = { 'plugins/Tool_.jar': TOOL, 'jars/lib-1.0.jar': { obsolete: true } };
    const hintFor = (changes: readonly ImageJChange[]) => check(after, changes, {}, 'site.yml')[0]?.hint;
    expect(hintFor([])).toBe(
      'Publish it again, or delete the dependency with "dependencies: remove" in site.yml.',
    );
    expect(hintFor([removed('jars/lib-1.0.jar')])).toMatch(/with "dependencies: remove" in site\.yml\.$/);
  });

  it.each([
    [2, 'a0.jar, a1.jar depend'],
    [5, 'a0.jar, a1.jar, a2.jar, a3.jar, a4.jar depend'],
    [7, 'a0.jar, a1.jar, a2.jar, a3.jar, a4.jar and 2 more depend'],
  ])('is reported once for %d files', (count, files) => {
    const tools = Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}.jar`, TOOL]));
    const after = { ...tools, 'jars/lib-1.0.jar': { obsolete: true } };
    expect(check(after)).toMatchObject([
      { path: 'a0.jar', message: `${files} on jars/lib.jar, which is obsolete: users do not get it.` },
    ]);
    expect(check(after, [removed('jars/lib-1.0.jar')])).toMatchObject([
      { message: `jars/lib-1.0.jar is about to be removed, but ${files} on it.` },
    ]);
  });

  it('is accepted if users get it from any site, or if no site has had it', () => {
    const after = { 'plugins/Tool_.jar': TOOL };
    expect(check({ ...after, 'jars/lib-2.0.jar': {} })).toEqual([]);
    expect(check(after, [], { 'jars/lib-2.0.jar': {} })).toEqual([]);
    const obsolete = { ...after, 'jars/lib-2.0.jar': { obsolete: true } };
    expect(check(obsolete, [removed('jars/lib-2.0.jar')], { 'jars/lib-1.0.jar': {} })).toEqual([]);
    expect(check(after)).toEqual([]);
  });

  it('does not matter if it is overridden, or if the other file is obsolete itself', () => {
    const lib = { 'jars/lib-1.0.jar': { obsolete: true } };
    expect(check({ 'plugins/Tool_.jar': { overrides: ['jars/lib.jar'] }, ...lib })).toEqual([]);
    expect(check({ 'plugins/Tool_.jar': { obsolete: true }, ...lib })).toEqual([]);
  });
});

describe('files that depend on each other in a circle', () => {
  const circle = (...names: string[]): Files =>
    Object.fromEntries(names.map((name, at) => [name, { needs: [names[(at + 1) % names.length] ?? ''] }]));

  it('cause a warning with the circle', () => {
    const after = circle('jars/a.jar', 'jars/b.jar', 'jars/c.jar');
    expect(check(after, [imagejChange('jars/b.jar')])).toEqual([
      {
        severity: 'warning',
        code: 'circular-dependency',
        path: 'jars/b.jar',
        message: 'Files depend on each other in a circle: jars/b.jar → jars/c.jar → jars/a.jar → jars/b.jar.',
        hint: 'Updaters can install these files only together. To separate them, move the shared code to another file.',
      },
    ]);
  });

  it('are reported once', () => {
    const after = { ...circle('jars/a.jar', 'jars/b.jar'), ...circle('jars/c.jar', 'jars/d.jar') };
    const changes = ['jars/a.jar', 'jars/b.jar', 'jars/d.jar'].map((path) => imagejChange(path));
    expect(check(after, changes).map(({ message }) => message.slice(message.indexOf(':') + 2))).toEqual([
      'jars/a.jar → jars/b.jar → jars/a.jar.',
      'jars/d.jar → jars/c.jar → jars/d.jar.',
    ]);
  });

  it('are reported by the shortest circle', () => {
    const after = {
      'jars/a.jar': { needs: ['jars/b.jar', 'jars/d.jar'] },
      'jars/b.jar': { needs: ['jars/c.jar', 'jars/d.jar'] },
      'jars/c.jar': { needs: ['jars/a.jar'] },
      'jars/d.jar': { needs: ['jars/b.jar', 'jars/a.jar'] },
    };
    expect(check(after, [imagejChange('jars/a.jar')])[0]?.message).toContain(
      ': jars/a.jar → jars/d.jar → jars/a.jar.',
    );
  });

  it('are not reported if this publication does not concern them, removes one, or one overrides the other', () => {
    const after = { ...circle('jars/a.jar', 'jars/b.jar'), 'jars/c.jar': { needs: ['jars/a.jar'] } };
    expect(check(after)).toEqual([]);
    expect(check(after, [imagejChange('jars/c.jar'), removed('jars/a.jar')])).toEqual([]);
    const overrides = {
      'jars/a.jar': { overrides: ['jars/b.jar'] },
      'jars/b.jar': { needs: ['jars/a.jar'] },
    };
    expect(check(overrides, [imagejChange('jars/a.jar')])).toEqual([]);
  });

  it('may be a file that depends on itself', () => {
    const after = { 'jars/a-1.0.jar': { needs: ['jars/a.jar'] } };
    expect(check(after, [imagejChange('jars/a-1.0.jar')])[0]?.message).toBe(
      'Files depend on each other in a circle: jars/a.jar → jars/a.jar.',
    );
  });
});
