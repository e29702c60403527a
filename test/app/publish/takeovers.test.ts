import type { SiteSnapshot } from '../../../src/app/ports/site-store.js';
import { createTakeoverCheck } from '../../../src/app/publish/takeovers.js';
import type { TakeoverChecks } from '../../../src/formats/format.js';
import { coordinateIn } from '../../../src/formats/imagej/artifacts/coordinate.js';
import type { Plan } from '../../../src/model/plan.js';
import { sitePath } from '../../../src/model/site-path.js';
import { makeJar, pomEntry } from '../../support/maven.js';
import { makeZip } from '../../support/zip.js';

const MEBIBYTE = 1024 * 1024;
const PLAN: Plan = { timestamp: 1, changes: [], unchanged: 0, skipped: [], payloads: [], problems: [] };

/** Creates a format that requests these payloads, and records which of them it receives. */
function formatRequesting(sizes: Record<string, number | undefined>) {
  const received: string[][] = [];
  const takeovers: TakeoverChecks<unknown, Plan> = {
    payloadsFor: () => new Map(Object.entries(sizes).map(([path, size]) => [sitePath(path), size])),
    check: (_plan, _index, _config, payloads) => {
      received.push([...payloads.keys()]);
      return [];
    },
  };
  return { takeovers, received };
}

function siteWith(files: readonly string[]) {
  const requested: (readonly string[])[] = [];
  const readFiles = (paths: readonly string[]) => {
    requested.push(paths);
    return Promise.resolve(
      new Map(paths.filter((path) => files.includes(path)).map((path) => [path, new Uint8Array()])),
    );
  };
  return { site: { readFiles } as unknown as SiteSnapshot, requested };
}

const logOf = (lines: string[]) => ({ info: () => undefined, detail: (line: string) => lines.push(line) });

describe('the files that are read from the site to find other artifacts', () => {
  test('are one batch within the limits, once for all attempts of a run', async () => {
    const { takeovers, received } = formatRequesting({
      large: 4 * MEBIBYTE + 1,
      a: 4 * MEBIBYTE,
      b: 4 * MEBIBYTE,
      c: 4 * MEBIBYTE,
      d: 4 * MEBIBYTE - 1,
      beyond: 2,
      last: 1,
      gone: 0,
      unknown: undefined,
    });
    const { site, requested } = siteWith(['a', 'b', 'c', 'd', 'last', 'unknown', 'large', 'beyond']);
    const lines: string[] = [];
    const check = createTakeoverCheck(takeovers, undefined, logOf(lines));
    await check(PLAN, {}, site);
    await check(PLAN, {}, site);
    expect(requested).toEqual([['a', 'b', 'c', 'd', 'last', 'gone', 'unknown']]);
    expect(received).toEqual([
      ['a', 'b', 'c', 'd', 'last', 'unknown'],
      ['a', 'b', 'c', 'd', 'last', 'unknown'],
    ]);
    expect(lines.map((line) => /artifact (\w+) is/.exec(line)?.[1])).toEqual(['large', 'beyond', 'gone']);
  });

  test('are none if the format does not request any, or if the store does not support it', async () => {
    const { site, requested } = siteWith([]);
    await createTakeoverCheck(formatRequesting({}).takeovers, undefined, logOf([]))(PLAN, {}, site);
    expect(await createTakeoverCheck(undefined, undefined, logOf([]))(PLAN, {}, site)).toEqual([]);
    expect(requested).toEqual([]);
    const without = {} as SiteSnapshot;
    const { takeovers, received } = formatRequesting({ a: 1 });
    await createTakeoverCheck(takeovers, undefined, logOf([]))(PLAN, {}, without);
    expect(received).toEqual([[]]);
  });
});

describe('the coordinate of a jar', () => {
  const pom = (id: string) => pomEntry({ id });
  test.each<[string, Record<string, string>, string | undefined]>([
    ['jars/codec-1.0.jar', pom('g:codec:1.0'), 'g:codec'],
    ['jars/codec.jar', { 'META-INF/maven/g/codec/pom.properties': '' }, 'g:codec'],
    ['jars/codec.jar', { ...pom('g:codec:1'), ...pom('h:other:1') }, 'g:codec'],
    ['jars/codec.jar', { ...pom('g:codec:1'), ...pom('h:codec:1') }, undefined],
    ['jars/codec.jar', pom('h:other:1'), undefined],
    ['jars/codec-1.0-natives-linux-amd64.jar', pom('g:codec:1.0'), undefined],
    ['jars/codec.jar', {}, undefined],
  ])('%s', (path, entries, expected) => {
    expect(coordinateIn(makeJar([], entries), path)).toBe(expected);
  });

  test('is not known for bytes that are not a jar', () => {
    expect(coordinateIn(Buffer.from('hello'), 'jars/codec.jar')).toBeUndefined();
    expect(coordinateIn(makeZip([]).subarray(0, 10), 'jars/codec.jar')).toBeUndefined();
  });
});
