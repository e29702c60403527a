import { decideShadowing } from '../../../../src/formats/imagej/plan/shadow.js';
import type { ShadowPolicy } from '../../../../src/model/upstream.js';
import { imagejSite } from '../../../support/imagej-site.js';

const [OLD, NEW, HISTORICAL] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];

function decide(
  path: string,
  upstream: readonly ReturnType<typeof imagejSite>[],
  policy: ShadowPolicy = 'error',
  historicalChecksums: readonly string[] = [],
) {
  const inspection = {
    checksum: NEW,
    size: 1,
    historicalChecksums,
    hasPluginsConfig: false,
    pom: undefined,
    ownPom: undefined,
  };
  return decideShadowing({ path, component: 'jars/lib.jar', inspection }, upstream, policy, 'My site');
}

const core = imagejSite('Core', { 'jars/lib-1.0.jar': { checksum: OLD } });
const fiji = imagejSite('Fiji', { 'jars/lib-2.0.jar': { checksum: OLD } });
const dropped = imagejSite('Past', { 'jars/lib-0.9.jar': { obsolete: true } });
const record = (site: typeof core) => site.index.records[0];

describe('a file that no upstream site serves', () => {
  it('is published', () => {
    expect(decide('jars/lib-2.1.jar', [])).toEqual({ kind: 'publish', inherits: [], reason: undefined });
  });

  it('is published with the history of a site that served it once', () => {
    expect(decide('jars/lib-2.1.jar', [dropped])).toEqual({
      kind: 'publish',
      inherits: [record(dropped)],
      reason: 'it is not on the site yet; Past no longer serves it',
    });
  });
});

describe('a file that an upstream site serves', () => {
  it.each<ShadowPolicy>(['error', 'skip', 'force'])('is skipped if it is the same: %s', (policy) => {
    const same = imagejSite('Same', { 'jars/lib-1.0.jar': { checksum: NEW } });
    // An earlier site may also have the same file.
    expect(decide('jars/lib-2.1.jar', [same, fiji], policy)).toEqual({
      kind: 'skip',
      to: { site: same, record: record(same) },
      problem: undefined,
    });
    const old = imagejSite('Old', { 'jars/lib-1.0.jar': { checksum: HISTORICAL } });
    expect(decide('jars/lib-2.1.jar', [old], policy, [HISTORICAL])).toMatchObject({ kind: 'skip' });
  });

  it('is refused if it differs, with the versions', () => {
    expect(decide('jars/lib-2.1.jar', [core, fiji])).toEqual({
      kind: 'refuse',
      problem: {
        severity: 'error',
        code: 'shadows-upstream',
        path: 'jars/lib-2.1.jar',
        message:
          'jars/lib-2.1.jar differs from jars/lib-2.0.jar, which the upstream site Fiji serves: users of both would get version 2.1 from My site instead of version 2.0 from Fiji, for all their plugins.',
        hint: 'Leave it out, or set "on-shadow" (--on-shadow): "skip" depends on the upstream file, "force" publishes this one.',
      },
    });
  });

  it.each([
    ['jars/lib-2.0.jar', 'another build of version 2.0 from My site, for all their plugins.'],
    [
      'jars/lib.jar',
      'one without a version from My site instead of version 2.0 from Fiji, for all their plugins.',
    ],
  ])('is refused with the difference: %s', (path, end) => {
    expect(decide(path, [fiji])).toMatchObject({
      problem: { message: expect.stringContaining(`would get ${end}`) as string },
    });
  });

  it('is refused without a version', () => {
    const plain = imagejSite('Fiji', { 'jars/lib.jar': {} });
    expect(decide('jars/lib.jar', [plain])).toMatchObject({
      problem: { message: expect.stringContaining('another build of it from My site, for all') as string },
    });
    expect(decide('jars/lib-2.1.jar', [plain])).toMatchObject({
      problem: {
        message: expect.stringContaining(
          'version 2.1 from My site instead of one without a version from Fiji',
        ) as string,
      },
    });
  });

  it('is published by force, with the history of all sites, starting with the one that users get', () => {
    expect(decide('jars/lib-2.1.jar', [dropped, core, fiji], 'force')).toEqual({
      kind: 'publish',
      inherits: [record(fiji), record(core), record(dropped)],
      reason: 'it replaces jars/lib-2.0.jar of Fiji, as requested',
    });
  });

  it('is skipped by request, with a warning if the major version differs', () => {
    expect(decide('jars/lib-2.1.jar', [core, fiji], 'skip')).toEqual({
      kind: 'skip',
      to: { site: fiji, record: record(fiji) },
      problem: undefined,
    });
    expect(decide('jars/lib-3.0.jar', [fiji], 'skip')).toEqual({
      kind: 'skip',
      to: { site: fiji, record: record(fiji) },
      problem: {
        severity: 'warning',
        code: 'shadow-major-version',
        path: 'jars/lib-3.0.jar',
        message:
          'jars/lib-3.0.jar is skipped, because the upstream site Fiji serves jars/lib-2.0.jar. That is another major version, version 2.0 instead of version 3.0.',
        hint: 'Test with the upstream version, because users get that one.',
      },
    });
  });

  it('is compared with an earlier site if a later one has dropped it', () => {
    const later = imagejSite('Later', { 'jars/lib-3.0.jar': { obsolete: true } });
    expect(decide('jars/lib-2.1.jar', [core, later])).toMatchObject({
      kind: 'refuse',
      problem: { message: expect.stringContaining('the upstream site Core serves') as string },
    });
  });
});
